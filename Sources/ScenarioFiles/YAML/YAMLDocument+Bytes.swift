extension YAMLDocument {
  /// The only document of a file; nil if there is none.
  /// - Parameters:
  ///   - name: the file's, for messages.
  ///   - expected: the file's form, in words for a message.
  static func root(
    _ bytes: some Sequence<UInt8>, name: String, expected: String
  ) throws(ScenarioMistakes) -> YAMLNode? {
    var bytes = Array(bytes)
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioMistakes(
        "found bytes that are no UTF-8 text; expected \(expected)", at: .file, in: name)
    }
    do {
      return try node(text) { .line($0, column: $1) }
    } catch {
      let place = error.line > 0 ? Place.line(error.line, column: error.column) : .file
      throw ScenarioMistakes(error.text, at: place, in: name)
    }
  }
}
