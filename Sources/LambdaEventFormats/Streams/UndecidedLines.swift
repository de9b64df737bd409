internal import LambdaLifecycle

/// The first lines of a stream whose format no line has given away yet.
struct UndecidedLines: Sendable {
  private struct Line {
    var end: Int
    var stream: OutputStream?
    var arrival: Timestamp?
  }

  private var bytes: [UInt8] = []
  private var lines: [Line] = []
  private var hasGivenUp = false
  private let reason: String

  static let maximumLines = 1_000
  static let maximumBytes = 1 << 20

  /// - Parameter reason: why they are not understood if no line decides. Short, because it stands at every
  ///   line; the reader of the stream says once which formats were expected.
  init(reason: String = "no known format") { self.reason = reason }

  var isEmpty: Bool { lines.isEmpty }
  var isFull: Bool {
    hasGivenUp || lines.count >= UndecidedLines.maximumLines || bytes.count >= UndecidedLines.maximumBytes
  }

  /// Keeps a line until the format is known.
  mutating func hold(_ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?) {
    bytes.append(contentsOf: line)
    lines.append(Line(end: bytes.count, stream: stream, arrival: arrival))
  }

  /// No line has decided: those that waited are undecodable, and so is each that follows.
  mutating func giveUp(into log: inout EventLog) {
    hasGivenUp = true
    let reason = reason
    takeAll { text, _, arrival in
      log.appendUndecodable(text, reason: reason, time: arrival ?? 0, arrival: arrival)
    }
  }

  /// The likeliest format of the lines, although none gives it away: messages of CloudWatch where START, END
  /// or REPORT is among them, or of the Runtime Interface Emulator, which writes them too.
  ///
  /// The emulator gives its Init Duration first, and the memory configured, 3008 MB if nothing is, as the memory used.
  var likelyFormat: StreamFormat? {
    var likely: StreamFormat?
    for line in lines.indices {
      let start = line == 0 ? 0 : lines[line - 1].end
      let format: StreamFormat? = bytes.withUnsafeBytes { bytes in
        switch PlatformLine(bytes.slice(start, lines[line].end).withoutBlanks) {
        case .start, .end: return .cloudWatch
        case .report(_, let fields):
          let report = fields.report
          let isDefault = report.memoryMB == 3_008 && report.maxMemoryUsedMB == 3_008
          return fields.initComesFirst || isDefault ? .rie : .cloudWatch
        default: return nil
        }
      }
      if format == .rie { return .rie }
      likely = likely ?? format
    }
    return likely
  }

  /// Calls `body` with each line that waited.
  mutating func takeAll(_ body: (UnsafeRawBufferPointer, OutputStream?, Timestamp?) -> Void) {
    let (taken, ends) = (bytes, lines)
    bytes = []
    lines = []
    taken.withUnsafeBytes { bytes in
      var start = 0
      for line in ends {
        body(bytes.slice(start, line.end), line.stream, line.arrival)
        start = line.end
      }
    }
  }
}
