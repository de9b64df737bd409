/// An extension of a simulated function.
package struct ExtensionScenario: Equatable, Sendable {
  package var name: String
  /// From its start to its registration: runtime init waits for this. Of an internal one: from the beginning of function
  /// init.
  package var register: DurationModel
  /// From its registration to its first Next: init does not end before.
  package var ready: DurationModel
  /// From the runtime's answer to its own Next: the invocation does not end before, the caller does not wait for it.
  package var work: DurationModel
  /// From the SHUTDOWN event to its exit.
  package var exit: DurationModel
  /// An internal one runs inside the runtime's process and cannot register for SHUTDOWN (Extensions API page).
  package var isInternal = false
  package var wantsInvoke = true
  package var wantsShutdown = true

  /// The events it registers for.
  var subscriptions: Subscriptions {
    var subscriptions: Subscriptions = wantsInvoke ? .invoke : []
    if wantsShutdown, !isInternal { subscriptions.insert(.shutdown) }
    return subscriptions
  }

  package init(
    name: String, register: DurationModel, ready: DurationModel, work: DurationModel, exit: DurationModel,
    wantsShutdown: Bool = true
  ) {
    self.name = name
    self.register = register
    self.ready = ready
    self.work = work
    self.exit = exit
    self.wantsShutdown = wantsShutdown
  }

  /// One that really runs: how long it takes is seen, not set.
  package init(running name: String) {
    self.init(name: name, register: .fixed(0), ready: .fixed(0), work: .fixed(0), exit: .fixed(0))
  }
}
