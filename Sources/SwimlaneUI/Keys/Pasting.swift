extension Viewer {
  /// Puts what was pasted into the line that is being typed. Nowhere is it taken as keys: a `q` in it would end the program.
  mutating func paste(_ text: String) -> Effect? {
    let typed = text.asTyped
    if isTyping {
      filter += typed
    } else if log.typed != nil {
      log.typed? += typed
    } else if prompt != nil {
      prompt?.text += typed
    } else {
      return .tell("what is pasted is not taken as keys")
    }
    return nil
  }
}

extension String {
  /// As it can be typed into a line: without line ends and whatever else is not shown.
  fileprivate var asTyped: String {
    String(String.UnicodeScalarView(ComposedScalars(unicodeScalars).filter(\.isShown)))
  }
}
