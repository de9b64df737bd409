import Foundation
import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import Testing

/// A learner in front of a lesson: what the program does with keys and time, without a terminal.
struct LessonShow {
  var session: Session
  var viewer: Viewer
  private var cursor = StatisticsCursor()
  private let title: String
  let columns: Int
  let rows: Int

  static let start: Timestamp = .seconds(1_767_225_600)

  init(_ file: ScenarioFile, columns: Int = 120, rows: Int = 40) {
    session = Session(
      teaching: file.lesson, on: file.scenario, seed: file.seed ?? 1, start: Self.start)
    viewer = Viewer(glyphs: .unicode, hasColor: true, start: Self.start, fitsAll: false)
    title = file.lesson.title
    self.columns = columns
    self.rows = rows
    _ = session.fold()
  }

  init(lesson name: String, columns: Int = 120, rows: Int = 40) throws {
    self.init(try lessonFile(name), columns: columns, rows: rows)
  }

  mutating func screen() -> String {
    let stage = stage
    return viewer.draw(session.timeline, session.log.catalog, stage, columns: columns, rows: rows).text
  }

  /// Presses a key that only the viewer answers.
  mutating func press(_ key: Key) {
    let stage = stage
    _ = viewer.handle(key, session.timeline, session.log.catalog, stage)
  }

  private var stage: Stage {
    mutating get {
      var figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
      session.timeline.billProvisioned(until: session.playhead.time, in: &figures)
      var stage = Stage(session, title: title, statistics: figures)
      let catalog = session.log.catalog
      if let function = viewer.selected.map({ catalog.function(of: $0) }) ?? session.simulation?.function {
        stage.functionWaits = cursor.waits(of: function).map { (catalog.text(function), $0) }
        let settings = session.timeline.description(of: function, at: session.playhead.time)
        stage.settings = HeaderSettings(
          catalog.text(function), settings, of: session.timeline.functions.count, catalog,
          idleTimeout: settings?.idleTimeout)
      }
      return stage
    }
  }

  /// Lets the clock run until it holds, a frame every tenth of a second.
  /// - Returns: how many frames that took.
  @discardableResult
  mutating func watch() -> Int {
    var frames = 0
    while session.lesson?.course == .running, frames < 1_000 {
      session.tick(elapsed: .milliseconds(100), clock: 0)
      _ = session.fold()
      _ = screen()
      frames += 1
    }
    return frames
  }

  /// Goes on as a learner would: predicts, does what is asked for, waits.
  /// - Returns: false where the lesson is over.
  mutating func goOn() -> Bool {
    guard let run = session.lesson else { return false }
    if run.step.question != nil { _ = session.predict(0) }
    if let task = run.step.task {
      session.act(task.kind, [])
    } else if !session.goOn() {
      return false
    }
    _ = session.fold()
    return true
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
