extension String {
  /// Itself with `·` for everything that could act on a terminal, end a line or turn the direction of text.
  package var printable: String {
    // As good as all of them.
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.actsOnReader ? "·" : $0 }))
  }
}

extension Unicode.Scalar {
  /// It could act on a terminal, end a line or turn the direction of text.
  var actsOnReader: Bool {
    if (0x20...0x7E).contains(value) { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
