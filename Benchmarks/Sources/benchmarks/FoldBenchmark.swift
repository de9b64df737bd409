internal import LambdaLifecycle

/// Events a second into a timeline that concludes what is missing, as with the Telemetry API.
func foldSpeed() throws -> [Figure] {
  [1_000, 1].map { environments in
    var traffic = Traffic(environments: environments)
    let events = traffic.next(requests: 1_000_000)
    let times = measure { timed in
      var timeline = Timeline(.telemetry)
      timed {
        for event in events { timeline.fold(event) }
        timeline.settle()
      }
      precondition(timeline.requests.count == 1_000_000)
      precondition(timeline.requests.allSatisfy { $0.billedMs > 0 }, "every report has found its request")
    }
    return Figure(
      what: "fold with inference, environments: \(environments)",
      measured: perSecond(events.count, times, "events"), budget: "5 M events/s")
  }
}
