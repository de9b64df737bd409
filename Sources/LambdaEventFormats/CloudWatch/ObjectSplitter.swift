/// Finds objects in JSON that comes line by line, except those that only hold an array of others. In the
/// output of `aws logs filter-log-events`, these are the log events. Only one of them is kept at a time,
/// however long the document is.
struct ObjectSplitter: Sendable {
  enum Part {
    case object(UnsafeRawBufferPointer)
    /// The beginning of an object up to an array of objects in it.
    case container(UnsafeRawBufferPointer)
    /// The beginning of an object that is let go.
    case tooLong(UnsafeRawBufferPointer)
  }

  /// Objects with arrays of others are kept whole too.
  private let keepsArrays: Bool
  /// The object that has begun has a message: an array of objects is a part of it.
  private var hasMessage = false
  /// The lines of the object that has begun.
  private var object: [UInt8] = []
  private var isInObject = false
  private var depth = 0
  /// The brackets open inside the object, a bit each: set for an array. The lowest is the innermost.
  private var inner: UInt64 = 0
  private var innerDepth = 0
  /// The last byte that was no blank: anything behind a colon belongs to the object.
  private var last: UInt8 = 0

  /// A longer object is let go; no log event comes near it.
  private static let maximumLength = 4 << 20

  init(keepsArrays: Bool = false) { self.keepsArrays = keepsArrays }

  /// A bracket is open: the next line goes on with the document.
  var isInside: Bool { depth > 0 }

  /// Calls `body` with each object that `line` completes. A string that the line does not end is taken to end with it:
  /// after a line that was cut, the document goes on.
  mutating func split(_ line: UnsafeRawBufferPointer, _ body: (Part) -> Void) {
    // Indents are most of a document that is laid out, and say nothing.
    var index = isInside ? line.skipBlanks(from: 0) : 0
    var start = isInObject ? index : -1
    var last = last
    defer { self.last = last }
    while index < line.count {
      let byte = line[index]
      switch byte {
      case UInt8(ascii: "\""): index = ObjectSplitter.stringEnd(in: line, from: index)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        let isArray = byte == UInt8(ascii: "[")
        if isInObject, belongs(isArray: isArray, behind: last, line.slice(start, index)) {
          inner = inner << 1 | (isArray ? 1 : 0)
          innerDepth += 1
        } else {
          if isInObject, !isArray, start >= 0 { endPart(line.slice(start, index), isWhole: false, body) }
          isInObject = !isArray
          (inner, innerDepth, hasMessage) = (0, 0, keepsArrays)
          object.removeAll(keepingCapacity: true)
          start = index
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth = max(0, depth - 1)
        guard isInObject else { break }
        let isArray = byte == UInt8(ascii: "]")
        if innerDepth > 0, inner & 1 == (isArray ? 1 : 0) {
          inner >>= 1
          innerDepth -= 1
        } else {
          if innerDepth == 0, !isArray { endPart(line.slice(start, index + 1), isWhole: true, body) }
          isInObject = false
        }
      default: break
      }
      if byte > 0x20 { last = byte }
      index += 1
    }
    guard isInObject else { return }
    if object.count + line.count > ObjectSplitter.maximumLength {
      isInObject = false
      if object.isEmpty { body(.tooLong(line.slice(from: start))) }
      object.withUnsafeBytes { if !$0.isEmpty { body(.tooLong($0)) } }
      object = []
    } else {
      object.append(contentsOf: line.slice(from: start))
      object.append(0x0A)
    }
  }

  /// True if the bracket here opens a part of the object that has begun. In a document that was cut, it may
  /// open the next one.
  private mutating func belongs(
    isArray: Bool, behind last: UInt8, _ rest: UnsafeRawBufferPointer
  ) -> Bool {
    guard innerDepth < 64 else { return false }
    guard innerDepth > 0, inner & 1 == 1 else { return last == UInt8(ascii: ":") }
    if !isArray, !hasMessage {
      hasMessage = ObjectSplitter.hasMessage(rest) || object.withUnsafeBytes(ObjectSplitter.hasMessage)
    }
    return isArray || hasMessage
  }

  private static func hasMessage(_ text: UnsafeRawBufferPointer) -> Bool {
    text.firstIndex(of: "message\"") != nil || text.firstIndex(of: "\"log\"") != nil
      || text.firstIndex(of: "\"msg\"") != nil
  }

  private mutating func endPart(_ end: UnsafeRawBufferPointer, isWhole: Bool, _ body: (Part) -> Void) {
    func tell(_ text: UnsafeRawBufferPointer) { body(isWhole ? .object(text) : .container(text)) }
    if object.isEmpty { return tell(end) }
    object.append(contentsOf: end)
    object.withUnsafeBytes(tell)
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
