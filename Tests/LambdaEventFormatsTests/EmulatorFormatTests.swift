import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// RIE's Managed Instances mode (real captures), `sam local`, LocalStack and `cargo lambda watch` (written
/// after their sources), against the story that a reader finds in them (Golden).
@Suite struct EmulatorFormatTests {
  struct Emulator: Sendable, CustomTestStringConvertible {
    var name: String
    var format: StreamFormat
    var source: SourceKind
    var testDescription: String { name }
  }

  static let emulators = [
    Emulator(name: "managed-info", format: .rieManaged, source: .rieManaged),
    Emulator(name: "managed-refused", format: .rieManaged, source: .rieManaged),
    Emulator(name: "managed-debug", format: .rieManaged, source: .rieManaged),
    Emulator(name: "sam-local-invoke", format: .samLocal, source: .samLocal),
    Emulator(name: "sam-local-start-api", format: .samLocal, source: .samLocal),
    Emulator(name: "localstack", format: .localStack, source: .localStack),
    Emulator(name: "cargo-lambda", format: .cargoLambda, source: .cargoLambda),
    Emulator(name: "cargo-lambda-verbose", format: .cargoLambda, source: .cargoLambda),
  ]

  private func bytes(_ emulator: Emulator) throws -> [UInt8] {
    try Fixture.bytes("emulators/\(emulator.name).log")
  }

  /// Its lines as they come: a tenth of a second a line, or as it was captured.
  private func live(_ emulator: Emulator, format: StreamFormat? = nil, cut: Int? = nil) throws -> (
    StreamReader, EventLog
  ) {
    var log = EventLog()
    var reader = StreamReader(format: format)
    func read(_ bytes: some Collection<UInt8>, at arrival: Timestamp) {
      let bytes = Array(bytes)
      for start in stride(from: 0, to: bytes.count, by: cut ?? max(1, bytes.count)) {
        bytes[start..<min(bytes.count, start + (cut ?? bytes.count))].withUnsafeBytes {
          reader.read($0, stream: nil, arrival: arrival, into: &log)
        }
      }
    }
    if emulator.format == .rieManaged {
      for piece in try Fixture.timed(emulator.name, in: "emulators") { read(piece.bytes, at: piece.arrival) }
    } else {
      // As LocalStack's stamps are.
      var arrival: Timestamp = .seconds(1_795_428_732)
      for line in try bytes(emulator).split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
        read(line + [0x0A], at: arrival)
        arrival += .milliseconds(100)
      }
    }
    reader.finish(into: &log)
    return (reader, log)
  }

  @Test(arguments: emulators) func tellsWhatHappened(emulator: Emulator) throws {
    let (reader, log) = try live(emulator)
    #expect(reader.format == emulator.format)
    #expect(reader.sourceKind == emulator.source)
    #expect(log.undecodable.isEmpty)
    try expectGolden(emulator.name, render(log))
  }

  @Test(arguments: emulators) func isRecognizedAndCanBeNamed(emulator: Emulator) throws {
    let named = try live(emulator, format: emulator.format).1
    #expect(render(named) == render(try live(emulator).1))
    #expect(StreamFormat(rawValue: emulator.format.rawValue) == emulator.format)
    #expect(SourceKind(rawValue: emulator.format.rawValue) == emulator.source)
  }

  @Test(arguments: emulators, [1, 3, 64]) func piecesMayBeginAndEndAnywhere(emulator: Emulator, cut: Int)
    throws
  {
    #expect(try render(live(emulator, cut: cut).1) == render(live(emulator).1))
  }

  /// In a file nothing arrives: a line without a stamp has no time of its own, and is reported nevertheless.
  @Test(arguments: emulators) func aFileTellsTheSame(emulator: Emulator) throws {
    let file = decode(try bytes(emulator))
    #expect(kinds(file) == kinds(try live(emulator).1))
  }

  /// The kinds of events, in any order, without marks, whose edges need times, and inits, whose lengths do.
  private func kinds(_ log: EventLog) -> [String] {
    log.events.compactMap { event in
      switch event.kind {
      case .mark: return nil
      case .phaseEnded(let end) where end.phase == .initialization: return nil
      default:
        var event = event
        event.time = 0
        return render(event, in: log, origin: 0)
      }
    }.sorted()
  }

  @Test(arguments: [
    "Invoking the function", "Mounting the horse", "SAM_CONTAINER_ID: 12", "INFO starting up",
    #"time=2026-01-01T00:00:00.000Z level=INFO msg="my own service""#, " INFO spawning function instance",
    "2026-11-23T10:11:12.345 DEBUG --- [", "2026-11-23 10:11:12,345 DEBUG --- [ asgi_gw_0] x : y",
  ])
  func othersAreNotRecognized(line: String) {
    #expect(Array(line.utf8).withUnsafeBytes { StreamFormat.recognize($0) } == nil)
  }

  @Test(arguments: emulators) func everyPrefixDecodes(emulator: Emulator) throws {
    let bytes = try bytes(emulator)
    for cut in stride(from: 0, to: bytes.count, by: 5) {
      let log = decode(Array(bytes[..<cut]), as: emulator.format)
      #expect(log.undecodable.isEmpty)
    }
  }
}
