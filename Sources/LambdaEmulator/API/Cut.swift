extension StringProtocol {
  /// Its beginning. Not so many characters: one may have any number of marks, and bytes.
  func cut(to scalars: Int) -> String { String(String.UnicodeScalarView(unicodeScalars.prefix(scalars))) }
}
