/// Finds the objects without another one inside them in JSON that comes line by line: in what `aws logs
/// filter-log-events` prints, the log events. Only one of them is kept at a time, however long the document is.
struct ObjectSplitter: Sendable {
  /// The lines of the object that has begun.
  private var object: [UInt8] = []
  private var isInObject = false
  private var depth = 0

  /// A longer object is let go; no log event comes near it.
  private static let maximumLength = 4 << 20

  /// A bracket is open: the next line goes on with the document.
  var isInside: Bool { depth > 0 }

  /// Calls `body` with each object that `line` completes. A string that the line does not end is taken to end with it:
  /// after a line that was cut, the document goes on.
  mutating func split(_ line: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    var start = isInObject ? 0 : -1
    var index = 0
    while index < line.count {
      switch line[index] {
      case UInt8(ascii: "\""): index = ObjectSplitter.stringEnd(in: line, from: index)
      case UInt8(ascii: "{"):
        depth += 1
        isInObject = true
        object.removeAll(keepingCapacity: true)
        start = index
      case UInt8(ascii: "["):
        depth += 1
        isInObject = false
      case UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        if isInObject { finish(line.slice(start, index + 1), body) }
        isInObject = false
      case UInt8(ascii: "]"):
        depth = max(0, depth - 1)
        isInObject = false
      default: break
      }
      index += 1
    }
    guard isInObject else { return }
    if object.count + line.count > ObjectSplitter.maximumLength {
      isInObject = false
    } else {
      object.append(contentsOf: line.slice(from: start))
      object.append(0x0A)
    }
  }

  private mutating func finish(_ end: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    if object.isEmpty { return body(end) }
    object.append(contentsOf: end)
    object.withUnsafeBytes(body)
    object.removeAll(keepingCapacity: object.count < 1 << 16)
  }

  /// The place of the quote that ends the string, or the last place of the line.
  private static func stringEnd(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
    var search = start + 1
    while let quote = line.firstIndex(ofByte: UInt8(ascii: "\""), from: search) {
      var escapes = quote
      while escapes > start + 1, line[escapes - 1] == UInt8(ascii: "\\") { escapes -= 1 }
      if (quote - escapes).isMultiple(of: 2) { return quote }
      search = quote + 1
    }
    return line.count
  }
}
