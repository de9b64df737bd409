package import LambdaLifecycle
internal import ScenarioFiles

/// The demonstration of `lanes demo`: a lesson of the library, or a scenario of the user's.
package struct Demonstration {
  private let file: ScenarioFile
  /// The seed of the command line; nil where the scenario's own counts.
  let givenSeed: UInt64?
  /// The place in the library; nil for a file.
  let lesson: Int?
  /// The text that the scenario was read from.
  let text: [UInt8]

  private init(_ file: ScenarioFile, text: [UInt8], lesson: Int?, seed: UInt64?) {
    self.file = file
    self.text = text
    self.lesson = lesson
    givenSeed = seed
  }

  /// - Parameter lesson: a place in the library.
  init(lesson: Int, seed: UInt64?) throws {
    let item = LessonLibrary.items[lesson]
    self.init(try item.read(), text: item.text, lesson: lesson, seed: seed)
  }

  /// - Parameters:
  ///   - name: of a lesson, or a path to a scenario.
  ///   - commands: other words that may have been meant.
  /// - Throws: `Failure` where the file cannot be read, `Misuse` where the name means nothing.
  package init(_ name: String, commands: [String] = [], seed: UInt64?) throws {
    let choice: DemoChoice
    do {
      choice = try DemoChoice(
        name, lessons: LessonLibrary.items.map(\.name),
        commands: commands, exists: fileExists(name))
    } catch { throw Misuse(description: error.description) }
    if case .lesson(let place) = choice {
      try self.init(lesson: place, seed: seed)
      return
    }
    if !fileExists(name), let file = handlerFile(name) {
      throw Misuse(
        description:
          "\(name) is no lesson and no scenario, but \(file) is there. To run it: lanes run \(name)")
    }
    let source = try ScenarioSource(name)
    self.init(try source.read([]), text: source.bytes, lesson: nil, seed: seed)
  }

  /// The scenario has requests or actions of its own.
  var happensByItself: Bool { !file.scenario.traffic.isEmpty || !file.scenario.actions.isEmpty }

  /// The moment at which the scenario ends.
  /// - Throws: `Failure` where it has no end.
  var end: Timestamp {
    get throws {
      if let until = file.until { return Self.start &+ min(until, .seconds(100 * 365 * 86_400)) }
      guard !file.isEndless else {
        throw Failure(description: "The scenario has no end: expected until in it, to print it as lines.")
      }
      return .never
    }
  }

  private static let start: Timestamp = .seconds(1_767_225_600)

  /// Virtual time begins at a fixed moment, so that the same seed gives the same recording: 2026-01-01, 0:00 UTC.
  package var session: Session {
    Session(
      teaching: file.lesson, on: file.scenario, seed: givenSeed ?? file.seed ?? 1,
      start: Self.start)
  }

  /// The title in the header.
  var title: String {
    guard let lesson, !file.lesson.steps.isEmpty else { return "demo: \(file.scenario.title)" }
    return "Lesson \(lesson + 1) of \(LessonLibrary.items.count) · \(file.lesson.title)"
  }
}

/// The file of a function that is named like a handler, `app.handler`; nil where there is none.
private func handlerFile(_ name: String) -> String? {
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
  return ["py", "js", "mjs", "cjs"].map { "\(name[..<dot]).\($0)" }.first(where: fileExists)
}
