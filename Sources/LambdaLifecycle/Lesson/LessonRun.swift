/// How far a learner has come in a lesson, and what the clock does for it.
package struct LessonRun: Sendable {
  /// The clock's course for the lesson.
  package enum Course: Equatable, Sendable {
    /// The clock holds until the learner goes on.
    case holding
    /// On the way to the next step.
    case running
    /// The learner plays freely; the lesson waits.
    case away
  }

  /// A step that has been reached, and when.
  struct Reached: Equatable, Sendable {
    var time: Timestamp
    /// The event it waits for can no longer happen: it is shown all the same.
    var isMissed = false
  }

  package let lesson: Lesson
  /// The clock's course now; the learner's keys and the simulation's events change it.
  package internal(set) var course = Course.holding
  /// The place of the step in sight: the last one reached, or an earlier one that the learner has gone back to.
  package internal(set) var shown = 0
  /// The learner's predictions: the place of a choice for the place of a step.
  package internal(set) var predictions: [Int: Int] = [:]
  /// While it is on the way: how many times faster than real time the clock runs, chosen so that every wait takes
  /// about as long to watch.
  package internal(set) var speed = 1.0

  var reached: [Reached] = []
  var watch: TriggerWatch?

  init(_ lesson: Lesson) { self.lesson = lesson }

  /// Everything that came after `time` is void: steps and predictions too.
  mutating func forget(after time: Timestamp) {
    reached.removeSubrange(max(1, reached.partitionPoint { $0.time <= time })...)
    shown = min(shown, reached.count - 1)
    for later in predictions.keys where later > reached.count - 1 { predictions[later] = nil }
  }

  /// The step in sight.
  package var step: LessonStep { lesson.steps[shown] }

  /// The step in sight is the last one that has been reached.
  package var isAtLatest: Bool { shown == reached.count - 1 }

  /// The step in sight is the lesson's last one.
  package var isAtEnd: Bool { shown == lesson.steps.count - 1 }

  /// The event that the step in sight waits for has not happened and cannot any more.
  package var isMissed: Bool { reached.indices.contains(shown) && reached[shown].isMissed }

  /// The question of the step in sight, while a prediction is still to be made.
  package var openQuestion: LessonQuestion? {
    course == .holding && predictions[shown] == nil ? step.question : nil
  }

  /// The question whose answer the step in sight shows, and what the learner had predicted.
  package var revealed: (question: LessonQuestion, prediction: Int?)? {
    guard let asked = (0..<shown).last(where: { lesson.steps[$0].question != nil && revealing($0) == shown }),
      let question = lesson.steps[asked].question
    else { return nil }
    return (question, predictions[asked])
  }

  /// The place of the step that shows the answer to the question of another: the first that says so before the next
  /// question is revealed, else the one right after it.
  private func revealing(_ asked: Int) -> Int {
    for place in lesson.steps.indices.dropFirst(asked + 1) {
      if lesson.steps[place].reveals { return place }
      if lesson.steps[place].question != nil { break }
    }
    return asked + 1
  }
}
