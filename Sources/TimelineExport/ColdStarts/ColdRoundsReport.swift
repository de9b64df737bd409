package import LambdaLifecycle

/// The findings of `lanes cold`.
package struct ColdRoundsReport {
  package let function: String
  /// The rounds that were done, the first aside.
  package let rounds: Int
  /// The rounds that were asked for.
  package let wanted: Int
  package let settings: [ColdStartSetting]
  /// Of each setting.
  package let starts: [ColdStarts]
  /// Remarks on the machine.
  package let notes: [String]

  package init(
    function: String, rounds: Int, wanted: Int, settings: [ColdStartSetting], starts: [ColdStarts],
    notes: [String] = []
  ) {
    self.function = function
    self.rounds = rounds
    self.wanted = wanted
    self.settings = settings
    self.starts = starts
    self.notes = notes
  }

  /// Places of settings that are compared, the baseline first.
  package var pairs: [(first: Int, second: Int)] {
    settings.indices.compactMap { place in settings[place].baseline.map { ($0, place) } }
  }

  func comparison(_ pair: (first: Int, second: Int)) -> ColdStartComparison {
    ColdStartComparison(from: starts[pair.first], to: starts[pair.second])
  }

  /// The name of a setting where it stands alone; the function's name where there is no other.
  func name(of place: Int) -> String {
    let setting = settings[place]
    let commit = setting.commit.isEmpty ? "" : " (\(setting.commit.prefix(8)))"
    return setting.name.isEmpty ? function : setting.name + commit
  }
}

extension ColdStartPart {
  /// Its name for people: a statement with its place.
  func title(_ source: SourceKind = .emulator) -> String {
    let place = line > 0 ? "\(name.file):\(line)" : name.file
    return name.file.isEmpty
      ? name.title(source) : "\(place)  \(text.isEmpty || line == 0 ? name.text : text)"
  }
}

extension InitPartName {
  /// Without its file.
  func title(_ source: SourceKind = .emulator) -> String {
    if self == ColdStartPart.whole || !file.isEmpty { return text }
    guard let phase = Phase.allCases.first(where: { $0.wireName == text }) else { return text }
    return phase == .initialization ? "init, undivided" : source.title(of: phase)
  }
}
