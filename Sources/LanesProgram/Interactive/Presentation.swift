internal import LambdaLifecycle
internal import SwimlaneUI

/// What is shown on the simulator, one lesson after another, and how its sessions begin.
package struct Presentation {
  /// What is shown now.
  private(set) var demonstration: Demonstration
  /// Sessions begin paused. A lesson holds at its first step in any case.
  private let startsPaused: Bool
  /// The lessons that there are, read when the menu is first needed.
  private(set) lazy var menu: [LessonEntry] = (try? LessonLibrary.entries()) ?? []

  init(_ demonstration: Demonstration, startsPaused: Bool) {
    self.demonstration = demonstration
    self.startsPaused = startsPaused
  }

  /// A session of what is shown, from its beginning.
  func session() -> Session {
    var session = demonstration.session
    if startsPaused, session.lesson == nil { session.togglePause() }
    return session
  }

  /// The lesson after this one; nil where there is none.
  var nextLesson: Int? {
    demonstration.lesson.map { $0 + 1 }.flatMap { $0 < LessonLibrary.items.count ? $0 : nil }
  }

  /// Shows another lesson.
  /// - Returns: whether it can be shown.
  mutating func show(lesson: Int) -> Bool {
    guard let next = try? Demonstration(lesson: lesson, seed: demonstration.givenSeed) else { return false }
    demonstration = next
    return true
  }
}
