import ArgumentParser
import LanesProgram
import TimelineExport

/// `--fail-if`: figures that make a command fail, for CI.
struct Conditions: ParsableArguments {
  @Option(
    name: .customLong("fail-if"),
    help: ArgumentHelp(
      "Exit with status 1 if this holds, or if its figure is not known; may be given again.",
      valueName: "condition"))
  var texts: [String] = []

  func validate() throws { _ = try conditions() }

  private func conditions() throws -> [FigureCondition] {
    try texts.map { text in
      do { return try FigureCondition(text) } catch {
        throw ValidationError("--fail-if '\(text)': \(error)")
      }
    }
  }

  /// No condition may compare with another session.
  /// - Throws: `ValidationError` that names the one that does.
  func checkAlone() throws {
    guard let place = try conditions().firstIndex(where: \.isOfChange) else { return }
    throw ValidationError(
      "--fail-if '\(texts[place])': a change is one from another session: expected a number, or lanes diff A B"
    )
  }

  /// - Parameter before: the session before it, for changes.
  /// - Throws: `ProgramEnd` with status 1 if one holds, after each has been told on standard error.
  func check(_ session: @autoclosure () -> SimulationFigures, since before: SimulationFigures? = nil) throws {
    let conditions = try conditions()
    // Counting a long session takes its time.
    guard !conditions.isEmpty else { return }
    let session = session()
    let failures = conditions.compactMap { $0.failure(of: session, since: before) }
    guard failures.isEmpty else {
      for failure in failures { writeError("lanes: \(failure)") }
      throw ProgramEnd(status: 1)
    }
  }
}
