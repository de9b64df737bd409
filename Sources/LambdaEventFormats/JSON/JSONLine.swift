package import LambdaLifecycle

/// Writes one JSON object as a line.
package struct JSONLine {
  private var bytes: [UInt8]
  private var isFirst = true

  /// - Parameter bytes: the text before the line. They are moved in, and out again by `finish`, because a
  ///   copy for every line would cost the square of their number.
  package init(takingOver bytes: inout [UInt8]) {
    self.bytes = []
    swap(&self.bytes, &bytes)
    self.bytes.append(UInt8(ascii: "{"))
  }

  /// The object is complete: gives all bytes back, with a newline at their end.
  package mutating func finish(into bytes: inout [UInt8]) {
    self.bytes.append(UInt8(ascii: "}"))
    self.bytes.append(UInt8(ascii: "\n"))
    swap(&self.bytes, &bytes)
  }

  package mutating func add(_ key: StaticString, _ value: Int64) {
    add(key)
    add(digitsOf: value.magnitude, isNegative: value < 0)
  }

  /// A number of nanoseconds as seconds, with nine decimals.
  package mutating func add(_ key: StaticString, seconds nanoseconds: Nanoseconds) {
    add(key)
    let (seconds, fraction) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    add(digitsOf: seconds, isNegative: nanoseconds < 0)
    bytes.append(UInt8(ascii: "."))
    var unit: UInt64 = 100_000_000
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit % 10))
      unit /= 10
    }
  }

  package mutating func add(_ key: StaticString, _ value: String) {
    add(key)
    var value = value
    value.withUTF8 { add(string: UnsafeRawBufferPointer($0)) }
  }

  /// Leaves the key out where the text is empty.
  package mutating func addIfPresent(_ key: StaticString, _ value: String) {
    if !value.isEmpty { add(key, value) }
  }

  /// Leaves the key out where the number is negative.
  mutating func addIfKnown(_ key: StaticString, _ value: Int64) {
    if value >= 0 { add(key, value) }
  }

  /// Leaves the key out where the number is negative.
  mutating func addIfKnown(_ key: StaticString, seconds nanoseconds: Nanoseconds) {
    if nanoseconds >= 0 { add(key, seconds: nanoseconds) }
  }

  package mutating func add(_ key: StaticString, _ value: Bool) {
    add(key)
    bytes.append(contentsOf: Array((value ? "true" : "false").utf8))
  }

  package mutating func addNull(_ key: StaticString) {
    add(key)
    bytes.append(contentsOf: Array("null".utf8))
  }

  /// A number whose decimals the caller has written.
  package mutating func add(_ key: StaticString, number: String) {
    add(key)
    bytes.append(contentsOf: Array(number.utf8))
  }

  /// A text under a key that is known at run time only.
  package mutating func add(named key: String, _ value: String) {
    add(keyNamed: key)
    var value = value
    value.withUTF8 { add(string: UnsafeRawBufferPointer($0)) }
  }

  /// An object within this one.
  package mutating func add(_ key: StaticString, object body: (inout JSONLine) -> Void) {
    add(key)
    addObject(body)
  }

  /// A number under a key that is known at run time only.
  package mutating func add(named key: String, number: String) {
    add(keyNamed: key)
    bytes.append(contentsOf: Array(number.utf8))
  }

  /// An object under a key that is known at run time only.
  package mutating func add(named key: String, object body: (inout JSONLine) -> Void) {
    add(keyNamed: key)
    addObject(body)
  }

  /// An array of objects within this one.
  package mutating func add<Element>(
    _ key: StaticString, objects elements: some Sequence<Element>, _ body: (inout JSONLine, Element) -> Void
  ) {
    add(key)
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      addObject { body(&$0, element) }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// An array of texts.
  package mutating func add(_ key: StaticString, texts: [String]) {
    add(key)
    bytes.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      Self.append(string: text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func addObject(_ body: (inout JSONLine) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    body(&self)
    isFirst = false
    bytes.append(UInt8(ascii: "}"))
  }

  /// Appends a text as a JSON string.
  package static func append(string text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append(string: UnsafeRawBufferPointer($0), to: &bytes) }
  }

  private mutating func add(_ key: StaticString) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func add(keyNamed key: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    var key = key
    key.withUTF8 { add(string: UnsafeRawBufferPointer($0)) }
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func add(digitsOf value: UInt64, isNegative: Bool) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    var unit: UInt64 = 1
    while value / unit >= 10 { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
      unit /= 10
    }
  }

  private mutating func add(string text: UnsafeRawBufferPointer) { Self.append(string: text, to: &bytes) }

  /// Quotes and backslashes are escaped, and characters that act on a reader: control characters, ends of
  /// lines, those that turn the direction of text. Anything else stays as it is.
  private static func append(string text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var (place, plain) = (0, 0)
    while place < text.count {
      let byte = text[place]
      // A quote and a backslash.
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F,
        let length = escape(text, place, after: text[plain..<place], to: &bytes)
      else {
        place += 1
        continue
      }
      place += length
      plain = place
    }
    bytes.append(contentsOf: text[plain...])
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes the plain text before a character and itself escaped; nothing if it may stay as it is.
  /// - Returns: its bytes.
  private static func escape(
    _ text: UnsafeRawBufferPointer, _ place: Int, after plain: Slice<UnsafeRawBufferPointer>,
    to bytes: inout [UInt8]
  ) -> Int? {
    let byte = text[place]
    let hidden = byte > 0x7F ? HiddenCharacter(text, at: place) : nil
    if byte > 0x7F, hidden == nil { return nil }
    bytes.append(contentsOf: plain)
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
    case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
    case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
    default: append(escape: hidden?.scalar ?? UInt16(byte), to: &bytes)
    }
    return hidden?.length ?? 1
  }

  private static func append(escape scalar: UInt16, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: Array("\\u".utf8))
    for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(digits[Int(scalar >> shift & 15)]) }
  }
}
