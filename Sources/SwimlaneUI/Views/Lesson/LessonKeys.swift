internal import LambdaLifecycle

// The changes of a lesson to the way a viewer looks and answers.

extension Viewer {
  /// Keys that mean something of their own in a lesson.
  func answerLesson(_ key: Key, _ stage: Stage) -> Answer {
    guard let run = stage.lesson else { return .ignored }
    let binding = KeyTable.lesson.first { $0.keys.contains(key) }
    switch binding?.command {
    case .goOn where key == .pageDown || filter.isEmpty: return .effect(.time(.goOn))
    case .goBack: return .effect(.time(.goBack))
    case .predict where run.course == .holding && run.step.question != nil:
      return binding?.keys.firstIndex(of: key).map { .effect(.time(.predict($0))) } ?? .ignored
    default: return .ignored
    }
  }

  /// Takes up the view that a step wants, once: after that the learner looks where they like. Whoever comes
  /// back to a step finds the picture that it had.
  mutating func turn(to run: LessonRun, _ scene: borrowing Scene) {
    guard let isFirstTime = lessonSight.take(run) else { return }
    camera.follow()
    selection.follow()
    let view = run.step.view
    if let number = view.environment,
      let track = scene.timeline.tracks.first(where: {
        SimulationSession.number(of: $0.id, scene.catalog) == number
      })
    {
      selection.choose(track.id)
    }
    guard let window = isFirstTime ? view.window ?? (run.isAtEnd ? .never : nil) : run.window else { return }
    camera.show(window)
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
