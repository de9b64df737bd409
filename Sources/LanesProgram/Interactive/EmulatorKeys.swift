internal import EventSources
internal import LambdaLifecycle

/// Keys that act on emulators: they send requests, and end the emulators that were started here.
struct EmulatorKeys {
  let inputs: Inputs
  /// The payload of a request.
  let event: EventFile?

  /// Sends requests.
  /// - Parameter source: of the emulator; nil for all.
  /// - Returns: a sentence on what was done, or why it cannot be.
  func send(_ count: Int, to source: SourceID?) -> String {
    var reach = inputs.reach(source)
    if !reach.hasAddress {
      inputs.lookForAddresses()
      reach = inputs.reach(source)
    }
    guard reach.hasAddress else {
      return reach.hint.isEmpty
        ? "lanes knows no address to send a request to; --invoke URL names one" : reach.hint
    }
    guard reach.canTakeRequests else { return "the emulator has ended: it takes no requests" }
    do {
      let payload = try event?.read() ?? []
      for _ in 0..<count { inputs.sendRequest(payload, to: source) }
    } catch { return "\(error)" }
    if count == 1 { return "request sent" }
    return reach.isOneAtATime
      ? "\(count) requests, one after another: RIE takes one at a time" : "\(count) requests at once"
  }

  /// Ends an emulator.
  /// - Parameters:
  ///   - source: of the emulator; nil for all.
  ///   - selected: the one that shows whether an end is possible.
  /// - Returns: a sentence on what was done, or why it cannot be.
  func end(_ source: SourceID?, selected: SourceID?) -> String {
    let reach = inputs.reach(selected)
    guard reach.hasChild else { return "lanes did not start this emulator, so it cannot end it" }
    guard reach.canEnd else { return "the emulator has already ended" }
    inputs.terminate(source)
    return "SIGTERM sent to the emulator"
  }
}
