/// A message in JSON that a tool has spread over several lines: `aws logs tail --format json` and `sam logs` do, from a line
/// `{` to a line `}`.
struct JSONBlock: Sendable {
  private var bytes: [UInt8] = []
  private(set) var isOpen = false

  private static let maximumLength = 1 << 20

  /// Begins with a line if it is one bracket.
  mutating func begin(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.withoutTrailingBlanks.count == 1, line[0] == UInt8(ascii: "{") else { return false }
    isOpen = true
    bytes.append(contentsOf: line)
    return true
  }

  /// Takes a line; false once no more are to come: it was the last one, or it is too long.
  mutating func append(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes.append(0x0A)
    bytes.append(contentsOf: line.slice(0, JSONBlock.maximumLength))
    return !line.hasPrefix("}") && bytes.count < JSONBlock.maximumLength
  }

  /// The lines so far; none are left.
  mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    isOpen = false
    return taken
  }
}

extension UnsafeRawBufferPointer {
  /// JSON without its line ends and indents. Inside of strings there is neither.
  var onOneLine: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(count)
    var isAtBegin = false
    for byte in self {
      if byte == 0x0A || byte == 0x0D {
        isAtBegin = true
      } else if !isAtBegin || byte > 0x20 {
        text.append(byte)
        isAtBegin = false
      }
    }
    return text
  }
}
