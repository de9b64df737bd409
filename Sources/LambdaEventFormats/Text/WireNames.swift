/// The values of an enumeration by their names in a file, compared as bytes.
struct WireNames<Value: Sendable>: Sendable {
  private var bytes: [UInt8] = []
  private var entries: [(start: Int, count: Int, value: Value)] = []

  init(_ values: some Sequence<Value>, name: (Value) -> String) {
    for value in values {
      let name = Array(name(value).utf8)
      entries.append((bytes.count, name.count, value))
      bytes += name
    }
  }

  /// The value of that name, or nil.
  func value(_ text: UnsafeRawBufferPointer) -> Value? {
    bytes.withUnsafeBytes { bytes in
      for entry in entries where entry.count == text.count {
        var index = 0
        while index < text.count, bytes[entry.start &+ index] == text[index] { index &+= 1 }
        if index == text.count { return entry.value }
      }
      return nil
    }
  }
}
