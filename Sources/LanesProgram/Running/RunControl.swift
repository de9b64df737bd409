internal import EventSources
internal import LambdaEmulator
internal import LambdaLifecycle
internal import SwimlaneUI

/// The function that runs here, for keys, and the news of it.
struct RunControl {
  private let run: FunctionRun
  /// The event that requests send, by its place among the run's.
  private var place = 0
  private var lines: AnswerLines

  init(_ run: FunctionRun) {
    self.run = run
    lines = AnswerLines(run.answers)
  }

  /// Performs a command on the emulator.
  /// - Returns: the reason why it cannot be done; nil where it is.
  func drive(_ command: SimulationCommand) -> String? {
    do { run.emulator.perform(command, event: try run.events[place].json()) } catch { return "\(error)" }
    return nil
  }

  /// Goes on to the next event.
  /// - Returns: a sentence on the event that requests send now.
  mutating func chooseNextEvent() -> String {
    guard run.events.count > 1 else {
      return "requests send \(run.events[0].name); --event FILE, several times, gives a choice"
    }
    place = (place + 1) % run.events.count
    return "requests send \(run.events[place].name) (\(place + 1) of \(run.events.count))"
  }

  /// Returns the answer to the latest caller, if there is one since the last time; or else a notice that the
  /// code has changed.
  mutating func news(_ timeline: borrowing Timeline) -> String? {
    let notice = run.answers.takeNotice().map { "\($0): the next request starts cold" }
    return lines.take(timeline).last?.text ?? notice
  }

  /// Fills in the keys that a screen offers, and the commands for a first request.
  func tell(_ surroundings: inout Surroundings) {
    surroundings.canRequest = true
    surroundings.canEnd = true
    surroundings.waiting = run.waitingLines
  }

  /// Ends the function, and reads the events that come meanwhile.
  /// - Parameter isImpatient: true kills what still runs at once.
  func end(_ inputs: Inputs, into log: inout EventLog, isImpatient: () -> Bool) {
    run.emulator.end(drain: { inputs.read(into: &log, maxBytes: 1 << 20) }, isImpatient: isImpatient)
  }
}
