internal import EventSources
internal import LambdaEmulator
internal import LambdaLifecycle
internal import SwimlaneUI

/// The function that runs here, as keys reach it, and what is to be said of it.
struct RunControl {
  private let run: FunctionRun
  /// Which of its events requests send.
  private var place = 0
  private var lines: AnswerLines

  init(_ run: FunctionRun) {
    self.run = run
    lines = AnswerLines(run.answers)
  }

  /// Has the emulator do something.
  /// - Returns: why it cannot be done; nil where it is.
  func drive(_ command: SimulationCommand) -> String? {
    do { run.emulator.perform(command, event: try run.events[place].json()) } catch { return "\(error)" }
    return nil
  }

  /// Goes on to the next event.
  /// - Returns: what requests send now.
  mutating func chooseNextEvent() -> String {
    guard run.events.count > 1 else {
      return "requests send \(run.events[0].name); --event FILE, several times, gives a choice"
    }
    place = (place + 1) % run.events.count
    return "requests send \(run.events[place].name) (\(place + 1) of \(run.events.count))"
  }

  /// What the latest caller has got, if one has since this was asked last; or else that the code has changed.
  mutating func news(_ timeline: borrowing Timeline) -> String? {
    let notice = run.answers.takeNotice().map { "\($0): the next request starts cold" }
    return lines.take(timeline).last?.text ?? notice
  }

  /// Tells a screen what can be done, and what to type for a first request.
  func tell(_ surroundings: inout Surroundings) {
    surroundings.canRequest = true
    surroundings.canEnd = true
    surroundings.waiting = run.waitingLines
  }

  /// Ends the function, and reads what is told meanwhile.
  /// - Parameter isImpatient: whether what runs is to be killed at once.
  func end(_ inputs: Inputs, into log: inout EventLog, isImpatient: () -> Bool) {
    run.emulator.end(drain: { inputs.read(into: &log, maxBytes: 1 << 20) }, isImpatient: isImpatient)
  }
}
