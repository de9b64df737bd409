import LambdaEventFormats
import LambdaLifecycle

/// The properties of any bytes that are read as a stream, apart from that nothing traps.
struct StreamProperties {
  private let bytes: [UInt8]
  private let format: StreamFormat?
  private var draws: Draws
  /// Half of the inputs come live, half are a file.
  private let arrival: Timestamp?

  init(_ bytes: [UInt8], as format: StreamFormat?) {
    self.bytes = bytes
    self.format = format
    draws = Draws(bytes)
    arrival = draws.next() & 1 == 0 ? nil : 1_795_403_188_586_000_000
  }

  /// The first property that does not hold; nil if all do.
  var violation: String? {
    var draws = draws
    let whole = read([bytes[...]])
    let pieces = draws.pieces(of: bytes)
    if let difference = difference(whole, read(pieces)) {
      return "read in \(pieces.count) pieces it is something else: \(difference)"
    }
    if let difference = recordingDifference(whole) { return "recorded and read again: \(difference)" }
    return PictureProperties(whole.log, kind: whole.kind, draws: draws).violation
  }

  private struct Reading {
    var log: EventLog
    var lines: Int
    var kind: SourceKind
  }

  private func read(_ pieces: [ArraySlice<UInt8>]) -> Reading {
    var log = EventLog()
    var reader = StreamReader(format: format)
    for piece in pieces {
      piece.withUnsafeBytes { reader.read($0, stream: nil, arrival: arrival, into: &log) }
    }
    reader.finish(into: &log)
    return Reading(log: log, lines: reader.lines, kind: reader.sourceKind ?? .native)
  }

  private func difference(_ one: Reading, _ other: Reading) -> String? {
    if one.lines != other.lines { return "\(one.lines) and \(other.lines) lines" }
    if one.kind != other.kind { return "\(one.kind) and \(other.kind)" }
    return difference(recording(of: one.log, one.kind), recording(of: other.log, other.kind))
  }

  /// A recording of the events read says the same, and so does its recording: byte for byte.
  private func recordingDifference(_ reading: Reading) -> String? {
    guard !reading.log.events.isEmpty else { return nil }
    let first = recording(of: reading.log, reading.kind)
    var log = EventLog()
    var reader = StreamReader(format: .recording)
    first.withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    reader.finish(into: &log)
    return difference(first, recording(of: log, reader.sourceKind ?? .native))
  }

  private func recording(of log: EventLog, _ kind: SourceKind) -> [UInt8] {
    var encoder = RecordingEncoder(origin: log.events.first?.time ?? 0, source: kind)
    var bytes = encoder.header()
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    return bytes
  }

  private func difference(_ one: [UInt8], _ other: [UInt8]) -> String? {
    guard one != other else { return nil }
    let lines = one.split(separator: 0x0A, omittingEmptySubsequences: false)
    let others = other.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (line, other) in zip(lines, others) where line != other {
      return "\(String(decoding: line, as: UTF8.self)) and \(String(decoding: other, as: UTF8.self))"
    }
    return "\(lines.count) and \(others.count) lines of a recording"
  }
}
