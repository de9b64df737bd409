internal import LambdaLifecycle

extension LessonStep {
  /// The option that a step asks for, or speaks of; nil for none.
  var control: Control? {
    let asked = task?.commands.lazy.compactMap { command -> Setting? in
      if case .set(let setting, _, _) = command { setting } else { nil }
    }.first
    let all = Control.allCases
    if let asked, let control = all.first(where: { $0.setting == asked }) { return control }
    // A single word, as memory, means many things in a sentence.
    return all.first { $0.title.contains(" ") && text.lowercased().contains($0.title) }
  }
}
