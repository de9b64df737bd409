internal import EventSources
internal import Glibc
internal import LambdaEventFormats
internal import LambdaLifecycle
package import ScenarioFiles
internal import SwimlaneUI
package import TimelineExport

/// A scenario that is to be run, once or several times.
package struct SimulationPlan {
  /// Virtual time begins at a fixed moment, so that the same seed gives the same bytes: 2026-01-01, 0:00 UTC.
  private static let start = Timestamp.seconds(1_767_225_600)

  private let file: ScenarioFile
  private let seed: UInt64

  /// - Parameter seed: instead of the scenario's own; nil for that.
  package init(_ file: ScenarioFile, seed: UInt64?) {
    self.file = file
    self.seed = seed ?? file.seed ?? 1
  }

  /// Checks that the run comes to an end.
  /// - Throws: `Failure` if the run would have no end.
  package func validate() throws {
    guard file.isEndless, file.until == nil else { return }
    throw Failure(
      description:
        "Nothing ends this simulation: its requests have no end, or it keeps environments. Say where it "
        + "ends: --until 10min, or `until: 10 min` in the scenario.")
  }

  private var end: Timestamp {
    guard let until = file.until else { return .never }
    let (end, isBeyond) = Self.start.addingReportingOverflow(until)
    return isBeyond ? .never : end
  }

  // MARK: Figures

  /// Runs with this seed and those that follow it.
  /// - Returns: the figures, and the longest virtual time in seconds.
  package func run(count: Int, progress: Progress) -> (runs: RunsFigures, seconds: Double) {
    var seconds = 0.0
    var runs: [SimulationFigures] = []
    var functions: [FunctionFigures] = []
    for place in 0..<count {
      var log = EventLog(source: .simulation)
      var simulator = Simulator(
        file.scenario, seed: seed &+ UInt64(place), start: Self.start, keepsEvents: false, into: &log)
      while goesOn(simulator) {
        for _ in 0..<20_000 where goesOn(simulator) { simulator.step(into: &log) }
        progress.show(requests: simulator.requestCount, share: share(simulator.now))
      }
      if end != .never { simulator.advance(to: end, into: &log) } else { simulator.endWithLastEvent() }
      progress.runHasEnded(requests: simulator.requestCount)
      seconds = max(seconds, Double(simulator.now - Self.start) / 1e9)
      runs.append(SimulationFigures(simulator))
      functions.append(FunctionFigures(simulator))
    }
    progress.clear()
    return (RunsFigures(runs, functions: functions), seconds)
  }

  private func goesOn(_ simulator: borrowing Simulator) -> Bool {
    simulator.nextTime <= end && simulator.nextTime != .never
  }

  /// The part of the time that has passed, 0 to 1; nil where nobody knows the end.
  private func share(_ now: Timestamp) -> Double? {
    end == .never ? nil : Double(now - Self.start) / Double(max(1, end - Self.start))
  }

  /// The setup of the run, for the document of its figures.
  package func setup(seconds: Double) -> SimulationJSON.Setup {
    SimulationJSON.Setup(
      title: file.scenario.title, seed: seed, seconds: seconds, priceDate: file.scenario.prices.date)
  }

  /// The line above its figures.
  package func heading(seconds: Double, runs: Int) -> String {
    let length = text(ofLength: Nanoseconds(seconds * 1e9))
    let seeds = runs == 1 ? "seed \(seed)" : "\(runs) runs, seeds from \(seed), mean ± 95 % interval"
    return "\(file.scenario.title): \(length) simulated, \(seeds), \(file.scenario.prices.origin)\n"
  }

  // MARK: Events

  /// Writes the events to a recording.
  package func tell(to recorder: Recorder) throws {
    try eachBatch(pace: nil) { events, log in
      recorder.write(events, from: log)
      if let failure = recorder.failure { throw Failure(description: failure) }
    }
  }

  /// Writes the events to standard output.
  /// - Parameter pace: a multiple of real time; nil for as fast as it goes.
  package func tellEvents(pace: Double?) throws {
    var encoder = RecordingEncoder(origin: Self.start, source: .simulation)
    writeOutput(encoder.header())
    try eachBatch(pace: pace) { events, log in
      var bytes: [UInt8] = []
      for event in events { encoder.encode(event, from: log, into: &bytes) }
      writeOutput(bytes)
    }
  }

  /// The lanes as text.
  package func diagram() throws -> String {
    var timeline = Timeline(.simulation)
    var catalog = Catalog()
    try eachBatch(pace: nil) { events, log in
      for event in events { timeline.fold(event) }
      catalog = log.catalog
    }
    timeline.settle()
    return LanesDiagram(timeline, catalog).text()
  }

  private func eachBatch(pace: Double?, _ body: ([LifecycleEvent], EventLog) throws -> Void) throws {
    var log = EventLog(source: .simulation)
    var simulator = Simulator(file.scenario, seed: seed, start: Self.start, into: &log)
    let begin = monotonicTime()
    while goesOn(simulator) {
      simulator.step(into: &log)
      guard log.events.count >= (pace == nil ? 4_096 : 1) else { continue }
      if let pace {
        let due = begin + Nanoseconds(min(Double(simulator.now - Self.start) / pace, 9e18 - Double(begin)))
        sleep(until: due)
      }
      try body(log.events, log)
      log.events.removeAll(keepingCapacity: true)
      log.text = TextStore()
    }
    try body(log.events, log)
  }

  private func sleep(until time: Timestamp) {
    let rest = time - monotonicTime()
    guard rest > 0 else { return }
    var length = timespec(tv_sec: Int(rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
    nanosleep(&length, nil)
  }
}
