import Foundation
import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import Testing

/// A learner in front of a lesson: the program's response to keys and time, without a terminal.
struct LessonShow {
  private var shown: SessionScreen
  let columns: Int
  let rows: Int

  static let start: Timestamp = .seconds(1_767_225_600)

  init(_ file: ScenarioFile, columns: Int = 120, rows: Int = 40) {
    let session = Session(
      teaching: file.lesson, on: file.scenario, seed: file.seed ?? 1, start: Self.start)
    let viewer = Viewer(glyphs: .unicode, hasColor: true, start: Self.start, fitsAll: false)
    shown = SessionScreen(session, viewer, Surroundings(title: file.lesson.title))
    self.columns = columns
    self.rows = rows
    _ = shown.fold()
  }

  init(lesson name: String, columns: Int = 120, rows: Int = 40) throws {
    self.init(try lessonFile(name), columns: columns, rows: rows)
  }

  var session: Session {
    get { shown.session }
    _modify { yield &shown.session }
  }

  var viewer: Viewer { shown.viewer }

  /// The results of each function, in a lesson that compares them.
  var figures: [(name: String, figures: FunctionAccount)] {
    mutating get { shown.stage().functions }
  }

  mutating func frame() -> Frame { shown.frame(columns: columns, rows: rows) }

  mutating func screen() -> String { shown.frame(columns: columns, rows: rows).text }

  /// Presses a key that only the viewer answers.
  mutating func press(_ key: Key) { _ = shown.answer(to: key) }

  /// Presses a key or clicks, as far as it concerns the session.
  mutating func answer(_ key: Key) {
    _ = shown.handle(key)
    _ = shown.fold()
  }

  /// Lets the clock run until it holds, a frame every tenth of a second.
  /// - Returns: how many frames that took.
  @discardableResult
  mutating func watch() -> Int {
    var frames = 0
    while session.lesson?.course == .running, frames < 1_000 {
      shown.tick(elapsed: .milliseconds(100), clock: 0)
      _ = shown.fold()
      _ = screen()
      frames += 1
    }
    return frames
  }

  /// Goes on as a learner would: predicts, follows the lesson's request, waits.
  /// - Parameter prediction: the place of the choice; nil for none.
  /// - Returns: false where the lesson is over.
  mutating func goOn(predicting prediction: Int? = 0) -> Bool {
    guard let run = session.lesson else { return false }
    if let prediction, run.step.question != nil { _ = session.predict(prediction) }
    if let task = run.step.task {
      session.act(task.kind, [])
    } else if !session.goOn() {
      return false
    }
    _ = session.fold()
    return true
  }
}

extension LessonShow {
  /// A lesson at its step of that number, as a learner reaches it.
  init(lesson name: String, at step: Int) throws {
    try self.init(lesson: name)
    watch()
    while session.lesson?.shown != step - 1, goOn() { watch() }
    #expect(session.lesson?.shown == step - 1)
  }

  /// The environment with that running number.
  func track(_ number: Int) throws -> EnvironmentTrack {
    try #require(session.timeline.tracks.count >= number ? session.timeline.tracks[number - 1] : nil)
  }
}

/// A lesson that comes with the product.
func lessonFile(_ name: String) throws -> ScenarioFile {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../demos/lessons/\(name).yaml")
  return try ScenarioFile.read(Data(contentsOf: url), name: name) { _ in [] }
}

/// Their names, in the order in which they build on each other.
let lessonNames: [String] = {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Package.swift")
  guard let text = try? String(contentsOf: package, encoding: .utf8),
    let list = text.firstMatch(of: /let lessons = \[([^\]]*)\]/)
  else { return [] }
  return list.1.matches(of: /"([^"]+)"/).map { String($0.1) }
}()
