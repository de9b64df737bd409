internal import LambdaLifecycle

/// A thing that lies over the lanes or has taken the footer: it has all keys until it is closed.
enum Overlay: Sendable {
  case help(HelpReading)
  case menu(LessonMenu)
  case prompt(Prompt)
}

extension Viewer {
  /// Answers a key for what lies over the lanes, the uppermost first: an overlay, below it the options.
  mutating func answerInLayers(_ key: Key, _ scene: borrowing Scene) -> Answer {
    guard let overlay else {
      return options.isOpen ? answerInOptions(KeyTable.command(key), scene.stage) : .ignored
    }
    if key == .interrupt { return .program(.quit) }
    if key == .suspend { return .program(.suspend) }
    switch overlay {
    case .help(let help): return answer(key, in: help, scene.stage.lead)
    case .menu(let menu): return answer(key, in: menu, scene.stage)
    case .prompt(let prompt): return answer(key, in: prompt, scene)
    }
  }

  /// The keys that the overlay has in the footer; nil where it has none of its own.
  var overlayKeys: [(label: String, word: String)]? {
    switch overlay {
    case .help: [("↑ ↓", "more"), ("esc", "close")]
    case .menu: [("↑ ↓", "choose"), ("enter", "start"), ("esc", "close")]
    case .prompt, nil: nil
    }
  }
}
