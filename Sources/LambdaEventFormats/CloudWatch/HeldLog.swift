internal import LambdaLifecycle

/// Pieces of a log that wait, with their texts.
struct HeldLog: Sendable {
  private enum Piece: Sendable {
    case event(time: Timestamp?, LogEventHeader.Precision, logStream: Range<Int>, function: Range<Int>)
    case line(Range<Int>)
    case noise(StaticString, Range<Int>)
  }

  private var bytes: [UInt8] = []
  private var pieces: [Piece] = []

  /// Its size in memory: of a log of blank lines that is much more than their texts.
  var byteCount: Int { bytes.count + pieces.count * MemoryLayout<Piece>.stride }

  mutating func append(_ piece: LogPiece) {
    switch piece {
    case .event(let header):
      pieces.append(
        .event(
          time: header.time, header.precision, logStream: keep(header.logStream),
          function: keep(header.function)))
    case .line(let text): pieces.append(.line(keep(text)))
    case .noise(let reason, let text): pieces.append(.noise(reason, keep(text)))
    }
  }

  private mutating func keep(_ text: UnsafeRawBufferPointer) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// Turns the order of events around, and puts those with a time in the order of time; the lines of an event stay as they
  /// are.
  mutating func reverse() {
    var events: [(pieces: Range<Int>, time: Timestamp)] = []
    for place in pieces.indices {
      if case .event(let time, _, _, _) = pieces[place] {
        events.append((place..<place + 1, time ?? events.last?.time ?? .min))
      } else if let last = events.indices.last {
        events[last].pieces = events[last].pieces.lowerBound..<place + 1
      } else {
        events.append((place..<place + 1, .min))
      }
    }
    let order = events.reversed().enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    pieces = order.flatMap { pieces[$0.element.pieces] }
  }

  func forEach(_ body: (LogPiece) -> Void) {
    bytes.withUnsafeBytes { bytes in
      func text(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        bytes.slice(range.lowerBound, range.upperBound)
      }
      for piece in pieces {
        switch piece {
        case .event(let time, let precision, let logStream, let function):
          body(
            .event(
              LogEventHeader(
                time: time, precision: precision, logStream: text(logStream), function: text(function))))
        case .line(let range): body(.line(text(range)))
        case .noise(let reason, let range): body(.noise(reason, text(range)))
        }
      }
    }
  }
}
