/// The actions of clients on an API and the events around it, from lines that a fuzzer can change one by one.
///
/// `>2` says that the next lines are sent by the third connection, `<2` that it breaks off, `!a` that
/// something happens which the letter names. Any other line is sent; lines that follow each other with an end
/// of line between them, those that begin with a backslash with a bare one.
struct APIScript {
  enum Step: Equatable {
    case send([UInt8], connection: Int)
    case breakOff(connection: Int)
    case happens(UInt8)
  }

  static let connections = 3
  private(set) var steps: [Step] = []

  init(_ bytes: [UInt8]) {
    var (connection, sent) = (0, [UInt8]?.none)
    func flush(into steps: inout [Step]) {
      if let bytes = sent, !bytes.isEmpty { steps.append(.send(bytes, connection: connection)) }
      sent = nil
    }
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let argument = line.dropFirst().first ?? 0
      switch line.first {
      case UInt8(ascii: ">"):
        flush(into: &steps)
        connection = Int(argument) % Self.connections
      case UInt8(ascii: "<"):
        flush(into: &steps)
        steps.append(.breakOff(connection: Int(argument) % Self.connections))
      case UInt8(ascii: "!"):
        flush(into: &steps)
        steps.append(.happens(argument))
      case UInt8(ascii: "\\"): sent = (sent.map { $0 + [0x0A] } ?? []) + line.dropFirst()
      default: sent = (sent.map { $0 + [0x0D, 0x0A] } ?? []) + line
      }
    }
    flush(into: &steps)
  }

  /// The same, with the bytes sent in pieces.
  func inPieces(_ draws: inout Draws) -> APIScript {
    var script = self
    script.steps = []
    for step in steps {
      guard case .send(let bytes, let connection) = step else {
        script.steps.append(step)
        continue
      }
      for piece in draws.pieces(of: bytes) {
        script.steps.append(.send(Array(piece), connection: connection))
      }
    }
    return script
  }
}
