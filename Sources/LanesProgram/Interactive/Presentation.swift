internal import LambdaLifecycle
internal import SwimlaneUI

/// The lessons on the simulator, shown one after another, and the beginnings of their sessions.
package struct Presentation {
  /// The demonstration that is shown now.
  private(set) var demonstration: Demonstration
  /// Sessions begin paused. A lesson holds at its first step in any case.
  private let startsPaused: Bool
  /// The lessons that somebody has done.
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

  /// Remembers the lesson that is shown as begun.
  mutating func begin() {
    if let lesson = demonstration.lesson { record.begin(LessonLibrary.items[lesson].name) }
  }

  /// Notes progress: a lesson whose last step is in sight is finished.
  private mutating func note(_ session: Session) {
    guard let lesson = demonstration.lesson, let run = session.lesson, run.isAtEnd, run.course == .holding
    else { return }
    record.finish(LessonLibrary.items[lesson].name)
  }

  /// Fills in the lessons that a screen shows beside its session, and notes progress in it.
  mutating func tell(_ surroundings: inout Surroundings, of screen: SessionScreen) {
    note(screen.session)
    surroundings.hasLessons = true
    surroundings.lesson = demonstration.lesson ?? lastBegun
    if screen.viewer.showsMenu { surroundings.lessons = menu }
    guard screen.session.lesson?.isAtEnd == true, let nextLesson, entries.indices.contains(nextLesson)
    else { return }
    surroundings.nextLesson = entries[nextLesson].title
  }

  /// A session of the demonstration, from its beginning.
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
  /// - Returns: true where it can be shown.
  mutating func show(lesson: Int) -> Bool {
    guard let next = try? Demonstration(lesson: lesson, seed: demonstration.givenSeed) else { return false }
    demonstration = next
    begin()
    return true
  }
}
