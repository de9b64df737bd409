package import LambdaLifecycle

// Words of a simulation while nothing is to be seen, or before all that is to come has come.

extension Session {
  /// Advice while no environment exists, a line each; none in a lesson, which says so itself.
  package var hints: [String] {
    guard !lead.isObserved, lesson == nil else { return [] }
    guard let allocation = allocations.first else {
      return [
        "No environment exists. Lambda creates one when a request needs it; until then the clock waits.",
        "Press i to send a request.", "Press ? for all keys.",
      ]
    }
    return [
      allocation.sentence(log.catalog, at: playhead.time),
      "Until all are ready, a request gets an environment on demand.", "Press i to send a request.",
      "Press ? for all keys.",
    ]
  }
}

extension Allocation {
  /// The allocation in a sentence: its function, how much is there, and when the next one comes.
  func sentence(_ catalog: Catalog, at time: Timestamp) -> String {
    let name = catalog.text(function)
    if hasFailed {
      return "The allocation of provisioned concurrency for \(name) has failed, because an init has."
    }
    let count = "\(wanted) environment\(wanted == 1 ? "" : "s")"
    let coming = next == .never ? "" : " The next one is created in \(text(ofAge: max(0, next &- time)))."
    return "Provisioned concurrency: \(count) of \(name) are being allocated, \(ready) ready.\(coming)"
  }

  /// The same in a few words.
  var reminder: Reminder {
    Reminder(name: "provisioned", value: hasFailed ? "failed" : "\(ready) of \(wanted)")
  }
}
