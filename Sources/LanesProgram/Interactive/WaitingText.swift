internal import EventSources
internal import LambdaLifecycle

/// The lines on the screen while the first event is waited for.
struct WaitingText {
  let inputs: Inputs
  /// The session goes on by our clock.
  let isLive: Bool
  /// The text of the session's last marker, if it has one.
  let lastMarker: String?
  /// The state of each input so far.
  let statuses: [SourceStatus]

  /// A line each.
  var lines: [String] {
    if inputs.isOver { return inputs.inputs.flatMap(ended) }
    let unknown = inputs.inputs.filter { $0.format == nil && $0.status.lines > 0 }
    if let input = unknown.first {
      return [
        "\(input.status.name): \(input.status.lines) lines so far, and none of a format that lanes knows.",
        "Expected: RIE output, Telemetry API events, a lanes recording. --from names it.",
      ]
    }
    if isLive, inputs.reach(nil).hasAddress {
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
    if let trouble = statuses.lazy.compactMap({ status -> [String]? in
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

  /// The lines on an input that has ended without an event.
  private func ended(_ input: Input) -> [String] {
    let status = input.status
    if case .failed(let reason) = status.state { return ["\(status.name) could not be read: \(reason)"] }
    let end = status.end.isEmpty ? "The input has ended." : "The emulator has ended: \(status.end)."
    let why = lastMarker.map { "It said: \($0)" }
    return [end]
      + (why.map { [$0] }
        ?? (input.isUnderstood
          ? ["No event came."] : input.notUnderstood.split(separator: "\n").map(String.init)))
  }
}
