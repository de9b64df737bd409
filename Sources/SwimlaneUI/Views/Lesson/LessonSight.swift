internal import LambdaLifecycle

/// The picture's progress through a lesson: the view that a step wants is taken up once.
struct LessonSight: Sendable {
  /// The step whose view has been taken up; nil while the learner plays freely.
  private var step: Int?
  /// The last step that has been seen.
  private var furthest = 0
  /// A step has just been taken up: what it speaks of is still to be brought into sight.
  private var isNew = false
  /// The step speaks of a lane of the selected environment: the list scrolls rather than closing it.
  private(set) var needsLanes = false

  /// Takes up the step in sight.
  /// - Returns: true where it is seen for the first time, false where the learner has come back to it; nil where there is
  ///   nothing to be taken up.
  mutating func take(_ run: LessonRun) -> Bool? {
    if run.course == .away { step = nil }
    guard run.course == .holding, step != run.shown else { return nil }
    let isFirstTime = run.shown > furthest
    step = run.shown
    furthest = max(furthest, run.shown)
    isNew = true
    needsLanes = run.step.view.part?.isLane == true
    return isFirstTime
  }

  /// A step has been taken up since this was asked last.
  mutating func hasTurned() -> Bool {
    defer { isNew = false }
    return isNew
  }
}

extension LessonView.Part {
  fileprivate var isLane: Bool {
    if case .lane = self { true } else { false }
  }
}
