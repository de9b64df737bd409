internal import LambdaLifecycle

// What a lesson changes in the way a viewer looks and answers.

extension Viewer {
  /// Keys that mean something of their own in a lesson.
  func answerLesson(_ key: Key, _ stage: Stage) -> Effect? {
    guard let run = stage.lesson, !showsHelp else { return nil }
    let binding = KeyTable.lesson.first { $0.keys.contains(key) }
    switch binding?.command {
    case .goOn where key == .pageDown || filter.isEmpty: return .goOn
    case .goBack: return .goBack
    case .predict where run.course == .holding && run.step.question != nil:
      return binding?.keys.firstIndex(of: key).map(Effect.predict)
    default: return nil
    }
  }

  /// Takes up what a step wants to be looked at, once: after that the learner looks where they like.
  mutating func turn(to run: LessonRun, _ timeline: borrowing Timeline, _ catalog: Catalog) {
    guard run.course == .holding, viewedStep != run.shown else { return }
    viewedStep = run.shown
    keepsNow = true
    let view = run.step.view
    hasChosen = false
    if let number = view.environment,
      let track = timeline.tracks.first(where: { SimulationSession.number(of: $0.id, catalog) == number })
    {
      selected = track.id
      hasChosen = true
    }
    needsLanes = hasChosen && view.part?.isLane == true
    // A lesson ends with all of it in sight.
    guard let window = view.window ?? (run.isAtEnd ? .never : nil) else { return }
    fitsAll = window == .never
    if !fitsAll { wantedWindow = window }
  }
}

extension LessonView.Part {
  fileprivate var isLane: Bool {
    if case .lane = self { true } else { false }
  }
}

extension Stage {
  /// The sentence of the lesson speaks of this lane.
  func pointsAt(_ lane: EnvironmentRow.Lane) -> Bool {
    guard case .lane(let phase)? = lesson?.step.view.part else { return false }
    return lane.parts.contains(.phase(phase))
  }

  func pointsAt(_ part: LessonView.Part) -> Bool { lesson?.step.view.part == part }
}
