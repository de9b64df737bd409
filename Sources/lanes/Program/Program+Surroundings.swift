import EventSources
import LambdaLifecycle
import SwimlaneUI

// What the program knows and its screen shows.

extension Program {
  /// Tells the screen what it shows beside its session.
  func updateSurroundings() {
    var surroundings = Surroundings(title: screen.surroundings.title)
    surroundings.message = screen.surroundings.message
    surroundings.findings = findings.list
    if let inputs {
      if screen.session.lead.hasEnd, !inputs.hasEnded, findings.received < 0 {
        surroundings.isReading = true
        surroundings.readPercent = inputs.readShare.map { Int(min(1, $0) * 100) }
      }
      let reach = inputs.reach(selectedSource)
      surroundings.canRequest = reach.canTakeRequests
      surroundings.canEnd = reach.canEnd
      surroundings.inputs = inputs.statuses(at: currentTime())
      surroundings.waiting = waiting(for: inputs)
    }
    surroundings.isRecorded = recorder != nil
    surroundings.hasLessons = demonstration != nil
    if surroundings.hasLessons, screen.viewer.showsMenu { surroundings.lessons = lessons }
    screen.surroundings = surroundings
  }

  /// What is waited for before the first event.
  private func waiting(for inputs: Inputs) -> [String] {
    if inputs.isOver { return inputs.inputs.flatMap(ended) }
    let unknown = inputs.inputs.filter { $0.format == nil && $0.status.lines > 0 }
    if let input = unknown.first {
      return [
        "\(input.status.name): \(input.status.lines) lines so far, and none of a format that lanes knows.",
        "Expected: RIE output, Telemetry API events, a lanes recording. --from names it.",
      ]
    }
    if screen.session.lead.followsClock, inputs.reach(nil).hasAddress {
      return [
        "The emulator initialises at its first request: press i to send a request.",
        "Requests from elsewhere are shown as well.",
      ]
    }
    if let listener = inputs.inputs.first(where: { $0.status.name.hasPrefix("http://") })?.status.name {
      return [
        "Listening on \(listener) for events of the Telemetry API; nobody has posted any yet.",
        "A path names the environment: \(listener)/NAME. demos/extension sends a function's telemetry here.",
      ]
    }
    if let trouble = inputs.statuses(at: currentTime()).lazy.compactMap({ status -> [String]? in
      guard case .stalled(let reason) = status.state else { return nil }
      return ["\(status.name): \(reason).", "Nothing has to be done here: it is tried again by itself."]
    }).first {
      return trouble
    }
    let names = inputs.inputs.filter { !$0.status.state.isOver }.map(\.status.name)
    return [
      "Waiting for the first event\(names.isEmpty ? "" : " from " + names.joined(separator: ", ")).",
      "Press ? for all keys.",
    ]
  }

  /// What there is to say of an input that has ended without an event.
  private func ended(_ input: Input) -> [String] {
    let reason = screen.session.timeline.markers.last.flatMap { marker -> String? in
      if case .named(let name) = marker.kind { return screen.session.log.catalog.text(name) }
      return nil
    }
    let status = input.status
    if case .failed(let reason) = status.state { return ["\(status.name) could not be read: \(reason)"] }
    let end = status.end.isEmpty ? "The input has ended." : "The emulator has ended: \(status.end)."
    let why = reason.map { "It said: \($0)" }
    return [end]
      + (why.map { [$0] }
        ?? (input.isUnderstood
          ? ["No event came."] : input.notUnderstood.split(separator: "\n").map(String.init)))
  }
}
