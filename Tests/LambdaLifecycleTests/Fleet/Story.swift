import LambdaLifecycle

extension Run {
  /// Why requests were throttled, in order.
  var throttles: [String] {
    log.events.compactMap { event in
      if case .requestThrottled(let reason) = event.kind { log.catalog.text(reason) } else { nil }
    }
  }

  /// The events that callers, queue and sources saw: `<milliseconds> <what>`.
  var story: [String] {
    log.events.compactMap { event in
      let what: String? =
        switch event.kind {
        case .requestArrived: "arrives"
        case .requestThrottled: "throttled"
        case .requestAnswered(let outcome, _): "\(outcome)"
        case .requestDropped(let reason): "dropped: \(log.catalog.text(reason))"
        default: nil
        }
      return what.map { "\(event.time / .milliseconds(1)) \($0)" }
    }
  }

  /// The names of markers that the simulation sets, with their time in milliseconds.
  var markers: [String] {
    log.events.compactMap { event in
      guard case .marker(let name) = event.kind else { return nil }
      return "\(event.time / .milliseconds(1)) \(log.catalog.text(name))"
    }
  }

  /// The environment of each request that got one, in order.
  var assigned: [String] {
    log.events.compactMap { event in
      if case .requestAssigned = event.kind { log.catalog.text(event.environment) } else { nil }
    }
  }

  var reports: [Report] {
    log.events.compactMap { event in
      if case .report(let report) = event.kind { report } else { nil }
    }
  }

  var initReports: [InitReport] {
    log.events.compactMap { event in
      if case .initReport(let report) = event.kind { report } else { nil }
    }
  }

  /// The moments when environments were created, in milliseconds.
  var creations: [Int64] {
    log.events.compactMap { event in
      if case .environmentCreated = event.kind { event.time / .milliseconds(1) } else { nil }
    }
  }

  /// The number of times that something happened.
  func count(_ matches: (LifecycleEvent.Kind) -> Bool) -> Int {
    log.events.count { matches($0.kind) }
  }
}

extension Scenario {
  /// So many functions like that of `small`, named `f0`, `f1`, …
  static func small(functions count: Int) -> Scenario {
    var scenario = Scenario.small
    scenario.functions = (0..<count).map { place in
      var function = scenario.function
      function.name = "f\(place)"
      return function
    }
    return scenario
  }
}
