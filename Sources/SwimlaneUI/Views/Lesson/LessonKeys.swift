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

  /// Takes up what a step wants to be looked at, once: after that the learner looks where they like. Who comes back to a
  /// step finds the picture that it had.
  mutating func turn(to run: LessonRun, _ scene: borrowing Scene) {
    if run.course == .away { viewedStep = nil }
    guard run.course == .holding, viewedStep != run.shown else { return }
    let goesOn = run.shown > furthestStep
    viewedStep = run.shown
    furthestStep = max(furthestStep, run.shown)
    hasTurned = true
    camera.follow()
    let view = run.step.view
    hasChosen = false
    if let number = view.environment,
      let track = scene.timeline.tracks.first(where: {
        SimulationSession.number(of: $0.id, scene.catalog) == number
      })
    {
      selected = track.id
      hasChosen = true
    }
    needsLanes = view.part?.isLane == true
    guard let window = goesOn ? view.window ?? (run.isAtEnd ? .never : nil) : run.window else { return }
    camera.show(window)
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
