/// `name=value name="value with blanks"`, as loggers of Go (slog) and Rust (tracing) write the parts of a
/// message.
struct Fields {
  private let text: UnsafeRawBufferPointer

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  /// The value of a field, whose name is given with its equals sign; without the quotes around it, but with
  /// its escapes as they are written. Nil if there is none.
  subscript(_ name: StaticString) -> UnsafeRawBufferPointer? {
    var search = 0
    while let start = text.firstIndex(of: name, from: search) {
      let value = start + name.utf8CodeUnitCount
      // A longer name may end like this one.
      if start == 0 || text[start - 1] == UInt8(ascii: " ") { return self.value(at: value) }
      search = value
    }
    return nil
  }

  private func value(at start: Int) -> UnsafeRawBufferPointer {
    guard start < text.count, text[start] == UInt8(ascii: "\"") else {
      return text.slice(start, text.firstIndex(ofByte: UInt8(ascii: " "), from: start) ?? text.count)
    }
    var end = start + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return text.slice(start + 1, min(end, text.count))
  }
}
