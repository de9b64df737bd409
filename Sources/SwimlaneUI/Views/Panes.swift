internal import LambdaLifecycle

/// The panes below the lanes: which one is chosen, and how each of them is read.
struct Panes: Sendable {
  var chosen: Pane
  var findings = FindingsReading()
  var coldStart = ColdStartReading()
  var inputs = InputsReading()
  var log = LogReading()
  /// The bill so far of the environment in the details.
  var bill = EnvironmentBillCursor()

  init(chosen: Pane) { self.chosen = chosen }
}

extension Viewer {
  /// Answers a command that means something of its own in the pane that is chosen.
  mutating func answerInPane(_ command: Command, _ scene: borrowing Scene) -> Answer {
    switch pane {
    case .findings: isBig ? .ignored : answerInFindings(command, scene)
    case .coldStart: answerInColdStart(command)
    case .inputs: answerInInputs(command, scene)
    case .events: isBig ? .ignored : answerInLog(command, scene)
    case .why, .details, .requests, .statistics, .source: .ignored
    }
  }
}
