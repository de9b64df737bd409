package import LambdaLifecycle

// Actions on emulators.

extension Inputs {
  /// The actions that a key may take on the emulator behind a source, or on the only ones there are.
  package struct Reach: Sendable {
    package var hasAddress = false
    package var hasChild = false
    package var canTakeRequests = false
    package var canEnd = false
    /// Requests wait for one another: RIE in its classic mode crashes on a second one.
    package var isOneAtATime = false
    /// Advice where no address is known; empty where there is none.
    package var hint = ""
  }

  /// The actions possible on the emulator of a source; nil for any of them.
  package func reach(_ source: SourceID?) -> Reach {
    var reach = Reach()
    for (_, emulator) in targets(source) {
      reach.hasAddress = reach.hasAddress || emulator.client != nil
      reach.hasChild = reach.hasChild || emulator.child != nil
      reach.canTakeRequests = reach.canTakeRequests || emulator.canTakeRequests
      reach.canEnd = reach.canEnd || emulator.canEnd
      if reach.hint.isEmpty { reach.hint = emulator.hint }
    }
    reach.isOneAtATime = requestTargets(source).allSatisfy(takesOneAtATime)
    return reach
  }

  /// Sends a request to the emulator of a source or, for nil, one to each: none of them has shown anything
  /// yet that could be chosen. An emulator that was started a moment ago may not listen yet.
  /// - Parameter payload: the event, JSON as a rule.
  package func sendRequest(_ payload: [UInt8], to source: SourceID?) {
    for target in requestTargets(source) { send(payload, to: target) }
    guard source == nil else { return }
    // Of several some may not listen yet: theirs waits until it is known where.
    for (number, emulator) in emulators where emulator.mayStillListen {
      emulators[number]?.waiting.append((payload, until: currentTime() &+ .seconds(10)))
      emulators[number]?.nextLook = .min
      emulators[number]?.pause = .milliseconds(100)
    }
  }

  private func send(_ payload: [UInt8], to target: (key: Int, value: Emulator)) {
    _ = target.value.client?.invoke(payload, patience: .seconds(2), isAlone: takesOneAtATime(target))
  }

  private func requestTargets(_ source: SourceID?) -> [(key: Int, value: Emulator)] {
    targets(source).filter { $0.value.canTakeRequests }
  }

  private func takesOneAtATime(_ target: (key: Int, value: Emulator)) -> Bool {
    target.value.client?.url.isRIEs == true
      && inputs[target.key].status.kind?.profile.isManagedInstance != true
  }

  /// SIGTERM to the source's child, or to all, so that it shuts its function down as it does in earnest.
  package func terminate(_ source: SourceID?) {
    for (_, emulator) in targets(source) { emulator.child?.terminate() }
  }

  /// The emulator of the source, all for nil. A source without one, as the log of an emulator that somebody else started,
  /// means the only one there is.
  private func targets(_ source: SourceID?) -> [(key: Int, value: Emulator)] {
    let own = source.map { source in emulators.filter { inputs[$0.key].status.source == source } }
    let meant = own.map { $0.isEmpty && emulators.count == 1 ? emulators : $0 } ?? emulators
    return meant.sorted { $0.key < $1.key }
  }

  /// Looks for the addresses that our own emulators listen on, where neither the user nor their command gave
  /// one.
  /// - Parameter now: less often the longer nothing is found; nil to look in any case.
  /// - Returns: true if there is something new to show.
  @discardableResult
  package func lookForAddresses(at now: Timestamp? = nil) -> Bool {
    var isNew = false
    for (number, emulator) in emulators where emulator.client == nil {
      guard let child = emulator.child, child.isRunning else { continue }
      if let now {
        guard now >= emulator.nextLook else { continue }
        emulators[number]?.nextLook = now &+ emulator.pause
        emulators[number]?.pause = min(2 * emulator.pause, .seconds(8))
      }
      switch FoundAddress(of: child.processIdentifier) {
      case .none: break
      case .hint(let hint):
        isNew = isNew || emulator.hint != hint
        emulators[number]?.hint = hint
      case .url(let url):
        isNew = true
        found(url, number)
      }
      isNew = expireRequests(number) || isNew
    }
    return isNew
  }

  /// The moment of the next look for the addresses of our own emulators; `.never` where all are known.
  package var nextLook: Timestamp {
    emulators.values.filter(\.mayStillListen).map(\.nextLook).min() ?? .never
  }

  /// Reports requests that have waited too long for an address.
  private func expireRequests(_ number: Int) -> Bool {
    guard let waiting = emulators[number]?.waiting, waiting.contains(where: { $0.until <= currentTime() })
    else {
      return false
    }
    requestMessages.append("\(inputs[number].status.name) does not listen: the request was not sent")
    emulators[number]?.waiting.removeAll { $0.until <= currentTime() }
    return true
  }

  private func found(_ url: InvokeURL, _ number: Int) {
    guard var emulator = emulators[number] else { return }
    emulator.client = InvokeClient(url, results: inbox)
    for request in emulator.waiting where request.until > currentTime() {
      send(request.payload, to: (number, emulator))
    }
    emulator.waiting = []
    emulators[number] = emulator
  }
}
