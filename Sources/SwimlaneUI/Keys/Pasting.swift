extension Viewer {
  /// Puts what was pasted into the line that is being typed. Nowhere is it taken as keys: a `q` in it would end the program.
  mutating func paste(_ text: String) -> Answer {
    guard case .prompt(var prompt) = overlay else { return .tell("what is pasted is not taken as keys") }
    prompt.append(text.asTyped)
    keep(prompt)
    return .handled
  }
}

extension String {
  /// As it can be typed into a line: without line ends and whatever else is not shown.
  fileprivate var asTyped: String {
    String(String.UnicodeScalarView(ComposedScalars(unicodeScalars).filter(\.isShown)))
  }
}
