import ArgumentParser
import LambdaLifecycle
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

  private enum Condition {
    case figure(FigureCondition)
    case line(LineCondition)

    var isOfChange: Bool {
      switch self {
      case .figure(let condition): condition.isOfChange
      case .line(let condition): condition.isOfChange
      }
    }
  }

  private func conditions() throws -> [Condition] {
    try texts.map { text in
      do {
        return LineCondition.isMeant(by: text)
          ? .line(try LineCondition(text)) : .figure(try FigureCondition(text))
      } catch {
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
  /// - Throws: `ProgramEnd` with status 1 if one holds, after each has been reported on standard error.
  func check(_ session: Session, since before: Session? = nil) throws {
    let conditions = try conditions()
    // Counting a long session takes its time.
    guard !conditions.isEmpty else { return }
    lazy var figures = SimulationFigures(session.timeline)
    lazy var figuresBefore = before.map { SimulationFigures($0.timeline) }
    lazy var lines = ColdStartTables(session.timeline, session.log.catalog)
    lazy var linesBefore = before.map { (ColdStartTables($0.timeline, $0.log.catalog), $0.log.catalog) }
    let failures = conditions.compactMap { condition in
      switch condition {
      case .figure(let condition): condition.failure(of: figures, since: figuresBefore)
      case .line(let condition): condition.failure(of: lines, session.log.catalog, since: linesBefore)
      }
    }
    guard failures.isEmpty else {
      for failure in failures { writeError("lanes: \(failure)") }
      throw ProgramEnd(status: 1)
    }
  }
}
