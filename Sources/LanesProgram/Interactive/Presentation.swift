internal import LambdaLifecycle
internal import SwimlaneUI

/// What is shown on the simulator, one lesson after another, and how its sessions begin.
package struct Presentation {
  /// What is shown now.
  private(set) var demonstration: Demonstration
  /// Sessions begin paused. A lesson holds at its first step in any case.
  private let startsPaused: Bool
  /// What somebody has done of the lessons.
  private var record: LessonRecord
  /// The lessons that there are, read when they are first needed.
  private lazy var entries: [LessonEntry] = (try? LessonLibrary.entries()) ?? []

  init(_ demonstration: Demonstration, startsPaused: Bool, _ record: LessonRecord) {
    self.demonstration = demonstration
    self.startsPaused = startsPaused
    self.record = record
  }

  /// The menu of lessons.
  var menu: [LessonEntry] {
    mutating get {
      zip(entries, LessonLibrary.items).map { entry, item in
        var entry = entry
        entry.isFinished = record.finished.contains(item.name)
        return entry
      }
    }
  }

  /// The lesson that the menu opens on: the one begun last.
  var lastBegun: Int { LessonLibrary.items.firstIndex { $0.name == record.begun } ?? 0 }

  /// What is shown has begun.
  mutating func begin() {
    if let lesson = demonstration.lesson { record.begin(LessonLibrary.items[lesson].name) }
  }

  /// Notes how far somebody has come: a lesson whose last step is in sight is finished.
  private mutating func note(_ session: Session) {
    guard let lesson = demonstration.lesson, let run = session.lesson, run.isAtEnd, run.course == .holding
    else { return }
    record.finish(LessonLibrary.items[lesson].name)
  }

  /// What the screen shows of lessons beside its session, which is noted.
  mutating func tell(_ surroundings: inout Surroundings, of screen: SessionScreen) {
    note(screen.session)
    surroundings.hasLessons = true
    surroundings.lesson = demonstration.lesson ?? lastBegun
    if screen.viewer.showsMenu { surroundings.lessons = menu }
    guard screen.session.lesson?.isAtEnd == true, let nextLesson, entries.indices.contains(nextLesson)
    else { return }
    surroundings.nextLesson = entries[nextLesson].title
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
    begin()
    return true
  }
}
