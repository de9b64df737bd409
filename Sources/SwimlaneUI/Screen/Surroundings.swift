package import LambdaLifecycle

/// Everything on a screen that does not follow from its session: whoever owns the screen knows it.
package struct Surroundings: Sendable {
  /// The name of what is looked at: `demo`, `watch: COMMAND`, `play: FILE`.
  package var title: String
  /// More to be said of it where there is room, the most important first.
  package var details: [String] = []
  /// Said once, until the next key or for a while.
  package var message = ""
  /// The lines shown before the first event, on what is waited for; nil where the session knows it better.
  package var waiting: [String]?
  /// The state of each input, where the events come from outside.
  package var inputs: [SourceStatus] = []
  /// The keys for a request and for an end have an effect here.
  package var canRequest = true
  package var canEnd = true
  /// The findings in a recording that has been read.
  package var findings: [Finding] = []
  /// A recording is still being read, and how far that is, where its size is known.
  package var isReading = false
  package var readPercent: Int?
  /// The function's own modules that report their lines, by the names that they report, as they lie here.
  package var code: [String: [String]] = [:]
  /// The session is written to a file as it goes on.
  package var isRecorded = false
  /// There are lessons to choose from.
  package var hasLessons = false
  /// The place of the lesson that is on, else of the one begun last: there the menu opens. nil where none was begun.
  package var lesson: Int?
  /// The title of the lesson that follows it; empty where none does.
  package var nextLesson = ""
  /// The lessons, while their menu is open.
  package var lessons: [LessonEntry] = []
  /// The stretch shown as the whole; nil for all that there is.
  package var whole: ClosedRange<Timestamp>?

  package init(title: String) { self.title = title }
}
