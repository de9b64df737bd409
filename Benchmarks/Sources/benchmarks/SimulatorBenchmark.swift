internal import LambdaLifecycle

/// Arrivals a second at two rates of traffic, beside SimFaaS simulating the same function.
func simulatorSpeed() throws -> [Figure] {
  var figures: [Figure] = []
  for (rate, interval, budget, peerArrivals) in [
    ("0.1", Nanoseconds.seconds(10), "3 M arrivals/s, 40×", "50000"),
    ("2", Nanoseconds.milliseconds(500), "", "50000"),
  ] {
    let count = 2_000_000
    let times = measure { timed in
      var log = EventLog()
      var simulator = simulator(interval: interval, log: &log)
      timed { simulator.run(upTo: count, into: &log) }
    }
    var figure = Figure(
      what: "simulator, \(rate) arrivals/s, idle timeout 60 s", measured: "", budget: budget)
    figure.measured = perSecond(count, times, "arrivals")
    if let numbers = try peer("simfaas_arrivals.py", rate, peerArrivals), numbers.count == 3 {
      let peerRate = numbers[0] / numbers[1]
      figure.peer = "SimFaaS \(decimal(peerRate / 1e6)) M arrivals/s"
      figure.ratio = "\(decimal(Double(count) / times.best / peerRate))×"
    }
    figures.append(figure)
  }
  return figures
}

/// The peak of memory after ever more arrivals: it must not grow.
func simulatorMemory(isLong: Bool) throws -> [Figure] {
  let counts = isLong ? [1, 10, 100] : [1, 10]
  var figures = counts.map { millions in
    var log = EventLog()
    var simulator = simulator(interval: .milliseconds(500), log: &log)
    simulator.run(upTo: millions * 1_000_000, into: &log)
    return Figure(
      what: "memory of \(millions) M simulated arrivals", measured: "\(decimal(peakMegabytes())) MB",
      budget: millions == 1 ? "" : "does not grow")
  }
  if let numbers = try peer("simfaas_arrivals.py", "2", "200000"), numbers.count == 3 {
    figures[0].peer = "SimFaaS, 0.2 M: \(decimal(numbers[2] / 1e6)) MB"
  }
  return figures
}

/// The function that SimFaaS is given too: no time for the sandbox, 0.253 s of init, 1.991 s of work in the mean.
private func simulator(interval: Nanoseconds, log: inout EventLog) -> Simulator {
  var scenario = Scenario()
  scenario.function.functionInit = .fixed(.milliseconds(253))
  scenario.function.handler = .exponential(mean: .milliseconds(1_991))
  scenario.function.timeout = .seconds(900)
  scenario.function.idleTimeout = .fixed(.seconds(60))
  scenario.traffic = [LambdaLifecycle.Traffic(.gaps(.exponential(mean: interval), from: 0, until: .never))]
  return Simulator(scenario, seed: 1, start: 0, keepsEvents: false, into: &log)
}
