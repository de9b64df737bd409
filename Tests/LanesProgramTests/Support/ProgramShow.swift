import EventSources
import LambdaLifecycle
import LanesProgram
import ScenarioFiles
import SwimlaneUI
import TestSupport
import Testing

/// Somebody in front of the program: keys and time go in, screens, files and a status come out. No time passes but what
/// is said here.
final class ProgramShow {
  let program: Program<TestTerminal>
  private let inputs: Inputs?
  private let clock = HandClock()
  /// The time for which a shell stops it.
  static let stop: Nanoseconds = .seconds(600)

  /// - Parameter isGone: its terminal's window has been closed.
  /// - Parameter sizes: that the window gets later, one after another.
  init(
    _ start: ProgramStart, columns: Int = 120, rows: Int = 40, then sizes: [(columns: Int, rows: Int)] = [],
    isGone: Bool = false
  ) {
    let clock = clock
    let terminal = TestTerminal([(columns, rows)] + sizes, isGone: isGone) { clock.advance(by: Self.stop) }
    inputs = start.inputs
    program = Program(
      start, ScreenSettings(ScreenPreferences()), on: terminal, clock.clock)
    program.begin()
    program.draw()
  }

  /// `lanes demo NAME`.
  convenience init(
    demo name: String, seed: UInt64? = 1, isPaused: Bool = false, opensMenu: Bool = false, columns: Int = 120,
    rows: Int = 40, _ record: LessonRecord = LessonRecord()
  ) throws {
    let demonstration = try Demonstration(name, seed: seed)
    self.init(
      ProgramStart(demonstration, isPaused: isPaused, opensMenu: opensMenu, record), columns: columns,
      rows: rows)
  }

  /// `lanes play FILE`, of which all has been read.
  convenience init(
    playing file: String, at moment: String? = nil, isPlaying: Bool = false, speed: Double? = nil,
    columns: Int = 120, rows: Int = 40
  ) throws {
    let opening = Opening(
      moment: try moment.map { try #require(Moment($0)) }, isPlaying: isPlaying)
    self.init(
      ProgramStart(try OpenedRecordings([file]), speed: speed, opening), columns: columns, rows: rows)
    readToTheEnd()
  }

  /// The text on the screen now, a line a row.
  var screen: String { program.terminal.last.text }

  // MARK: Keys

  /// Presses keys one after another; the answer to each is drawn.
  /// - Returns: the screen.
  @discardableResult
  func press(_ keys: Key..., times: Int = 1) -> String {
    for _ in 0..<times {
      for key in keys {
        program.turn([key])
        program.draw()
      }
    }
    return screen
  }

  /// Types a text and enter.
  @discardableResult
  func enter(_ text: String) -> String {
    for scalar in text.unicodeScalars { press(.character(scalar)) }
    return press(.enter)
  }

  /// Clicks on a cell.
  @discardableResult
  func click(column: Int, row: Int) -> String {
    press(
      .mouse(Mouse(.press, column: column, row: row)), .mouse(Mouse(.release, column: column, row: row)))
  }

  /// Clicks on the first character of a text on the screen.
  @discardableResult
  func click(on text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    let found = lines.enumerated().lazy.compactMap { row, line in
      line.firstRange(of: text).map { (line.distance(from: line.startIndex, to: $0.lowerBound), row) }
    }.first
    let (column, row) = try #require(found, "no \(text) in\n\(screen)", sourceLocation: sourceLocation)
    return click(column: column, row: row)
  }

  // MARK: Time

  /// Lets time pass, in steps as long as the program would wait.
  @discardableResult
  func wait(_ length: Nanoseconds) -> String {
    let end = clock.time &+ length
    while clock.time < end, !program.isOver { step(until: end) }
    return screen
  }

  /// Lets time pass until the screen is as it should be, at most an hour.
  @discardableResult
  func wait(
    until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isThere: (String) -> Bool
  ) -> String {
    let end = clock.time &+ .seconds(3_600)
    while !isThere(screen) {
      guard clock.time < end, !program.isOver else {
        Issue.record("expected \(what); found\n\(screen)", sourceLocation: sourceLocation)
        break
      }
      step(until: end)
    }
    return screen
  }

  private func step(until end: Timestamp) {
    let timeout = program.timeout
    let rest = end &- clock.time
    clock.advance(by: timeout < 0 ? rest : min(rest, max(.milliseconds(1), .milliseconds(Int64(timeout)))))
    program.turn([])
    program.draw()
  }

  // MARK: Inputs

  /// Reads all inputs, which end.
  func readToTheEnd() {
    guard let inputs else { return }
    while !inputs.hasEnded { readWhatComes(from: inputs) }
    wait(.milliseconds(50))
  }

  /// Reads inputs until so many lines have come.
  func read(lines count: Int) {
    guard let inputs else { return }
    while inputs.lines < count { readWhatComes(from: inputs) }
    wait(.milliseconds(50))
  }

  /// The reading thread wakes it.
  private func readWhatComes(from inputs: Inputs) {
    inputs.wait()
    program.turn([])
    program.draw()
  }

  // MARK: The end

  /// Presses q, where that ends the program.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) throws {
    press("q")
    #expect(program.status == 0, "\(screen)", sourceLocation: sourceLocation)
    try program.end()
    #expect(program.terminal.isRestored, sourceLocation: sourceLocation)
  }
}
