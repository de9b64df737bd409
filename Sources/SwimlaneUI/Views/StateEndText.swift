internal import LambdaLifecycle

extension StateEnd {
  /// The event that ends the state, and when at the latest, in words.
  /// - Parameter isSimulated: the limits are ours to set.
  func text(at time: Timestamp, isSimulated: Bool) -> String {
    let parts = [endingText, limitText(time, isSimulated)]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private var endingText: String {
    switch ending {
    case .created: "when the sandbox is there with code and layers; AWS publishes no limit"
    case .initDone: "when the runtime and every extension ask for their first event"
    case .initAgain: "init has failed; it runs again inside the next invocation"
    case .restored: "when the snapshot is resumed and the hooks have run"
    case .snapshotTaken: "when init is over and the snapshot is taken"
    case .invocationDone: "when the runtime and all extensions ask for the next event"
    case .nextRequest: "by the next request"
    case .processesEnded: "when all processes have ended"
    case .nothing: ""
    }
  }

  private func limitText(_ time: Timestamp, _ isSimulated: Bool) -> String {
    switch limit {
    case .none: ""
    case .at(let moment, let rule, let length):
      Self.text(
        rule, left: SwimlaneUI.text(ofAge: max(0, moment &- time)),
        length: SwimlaneUI.text(ofSetting: length), isNone: length == 0, isSimulated: isSimulated)
    case .notTold(let rule): Self.textOfUntold(rule)
    case .unpublished(.kept): "kept however long it idles; AWS replaces environments every few hours"
    case .unpublished: "AWS publishes no idle lifetime; about 6 min measured"
    }
  }

  private static func text(_ rule: Rule, left: String, length: String, isNone: Bool, isSimulated: Bool)
    -> String
  {
    switch rule {
    case .initOnDemand: "at the latest in \(left): on demand, init may take \(length)"
    case .initAhead: "at the latest in \(left): this init may take \(length)"
    case .timeoutWithInit: "at the latest in \(left): the timeout of \(length) covers this init too"
    case .timeout: "at the latest in \(left): the timeout is \(length), a reset follows"
    case .timeoutOfOne: "the first timeout in \(left), each has \(length); the environment stays"
    case .restore: "at the latest in \(left): runtime and hooks may take \(length)"
    case .idle, .kept:
      "or in \(left): idle timeout \(length)\(isSimulated ? " (simulated)" : "")"
    case .runtimeShare: "SIGKILL for the runtime in \(left): its share of 2 s is \(length)"
    case .shutdown:
      isNone
        ? "at once, by SIGKILL: no extension is registered"
        : "SIGKILL in \(left), \(length) after the beginning"
    }
  }

  private static func textOfUntold(_ rule: Rule) -> String {
    switch rule {
    case .initOnDemand: "at the latest 10 s after its begin"
    case .initAhead:
      "at the latest after 130 s, or the function's timeout if that is longer, which nobody told"
    case .timeout, .timeoutWithInit: "at the latest at the function's timeout, which nobody told"
    case .timeoutOfOne: "each has the function's timeout, which nobody told"
    case .restore: "runtime and hooks may take 10 s from when the snapshot is loaded, which nobody tells"
    case .runtimeShare: "SIGKILL for the runtime after 300 ms (AWS in 2022) or 600 ms (AWS's emulator) of 2 s"
    case .shutdown: "SIGKILL after 0, 0.5 or 2 s, by its extensions, which nobody told"
    case .idle, .kept: ""
    }
  }
}

/// US dollars, as exact as small sums need.
func text(ofDollars cost: Double) -> String {
  let places = cost >= 1 ? 2 : cost >= 0.01 ? 4 : 7
  let unit: Int64 = 10_000_000
  return "$"
    + decimal(Int64((min(cost, 900_000_000_000) * Double(unit)).rounded()), unit: unit, places: places)
}

/// A moment of a session to the millisecond: `00:12.427`.
func text(ofMoment offset: Nanoseconds) -> String {
  let milliseconds = max(0, offset) / 1_000_000
  let rest = milliseconds % 100
  return text(ofClock: offset) + (rest < 10 ? "0\(rest)" : "\(rest)")
}
