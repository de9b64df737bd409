/// The population at every moment of a timeline: counts and times by binary search, peaks from a list.
///
/// Events may come in any order; what a late one changes of the peaks is counted anew from its moment on.
struct PopulationHistory: Sendable {
  /// The most that there had been at once by a moment.
  private struct Peaks: Sendable {
    var time: Timestamp
    var requests: Int32 = 0
    var environments: Int32 = 0
    var running: Int32 = 0
    var idle: Int32 = 0
  }

  private(set) var requests = Lane()
  private(set) var environments = Lane()
  private(set) var running = Lane()
  /// When environments went, in order, and how long they and all before them had lived together.
  private var departures: [(time: Timestamp, lifetimes: Int128)] = []
  private var departuresAreStale = false
  /// One for each time that a peak was exceeded.
  private var peaks: [Peaks] = []
  private var staleFrom = Timestamp.never
  /// As it is after all events that have come in order.
  private(set) var latest = Population()

  mutating func environmentCreated(at time: Timestamp) {
    environments.starts.insert(time)
    change(at: time) { $0.environmentCreated(at: time) }
  }

  mutating func environmentGone(at time: Timestamp, born: Timestamp) {
    environments.ends.insert(time)
    if let last = departures.last, time < last.time { departuresAreStale = true }
    departures.append((time, (departures.last?.lifetimes ?? 0) + Int128(time) - Int128(born)))
    change(at: time) { $0.environmentGone(at: time, born: born) }
  }

  @inline(__always)
  mutating func began(at time: Timestamp, wakes: Bool) {
    requests.starts.insert(time)
    if wakes { running.starts.insert(time) }
    change(at: time) { $0.began(at: time, wakes: wakes) }
  }

  @inline(__always)
  mutating func ended(at time: Timestamp, rests: Bool) {
    requests.ends.insert(time)
    if rests { running.ends.insert(time) }
    change(at: time) { $0.ended(at: time, rests: rests) }
  }

  /// A request that had ended has not, after all; it will be told anew.
  mutating func takeBackEnd(at time: Timestamp, rests: Bool) {
    requests.ends.remove(time)
    if rests { running.ends.remove(time) }
    staleFrom = min(staleFrom, time)
  }

  mutating func removeAll(after time: Timestamp) {
    for lane in [\Self.requests, \.environments, \.running] { self[keyPath: lane].removeAll(after: time) }
    departures.removeAll { $0.time > time }
    staleFrom = min(staleFrom, time)
  }

  /// Counts anew what came late; to be called before reading.
  /// - Parameter lives: of all environments that are gone.
  mutating func settle(lives: () -> [(gone: Timestamp, born: Timestamp)]) {
    if departuresAreStale { settleDepartures(lives()) }
    guard staleFrom != .never else { return }
    for lane in [\Self.requests, \.environments, \.running] { self[keyPath: lane].settle() }
    settlePeaks()
  }

  /// The population at `time`. Nothing may be stale.
  func population(at time: Timestamp) -> Population {
    var population = counted(at: time, peaks: peaks[..<peaks.partitionPoint { $0.time <= time }].last)
    let count = departures.partitionPoint { $0.time <= time }
    population.gone = count
    population.lifetimes = count > 0 ? departures[count - 1].lifetimes : 0
    return population
  }

  // MARK: Peaks

  @inline(__always)
  private mutating func change(at time: Timestamp, _ body: (inout Population) -> Void) {
    if time < latest.changed { staleFrom = min(staleFrom, time) }
    let before = latest.changed
    body(&latest)
    notePeaks(idleSince: before, time)
  }

  @inline(__always)
  private mutating func notePeaks(idleSince before: Timestamp, _ time: Timestamp) {
    let known = peaks.last ?? Peaks(time: .min)
    guard
      latest.requests.peak > known.requests || latest.environments.peak > known.environments
        || latest.running.peak > known.running || latest.idleBefore > known.idle
    else { return }
    var peak = known
    if latest.idleBefore > known.idle {
      peak.time = before
      peak.idle = Int32(clamping: latest.idleBefore)
      peaks.append(peak)
    }
    peak.time = time
    peak.requests = Int32(clamping: latest.requests.peak)
    peak.environments = Int32(clamping: latest.environments.peak)
    peak.running = Int32(clamping: latest.running.peak)
    if peak.requests > known.requests || peak.environments > known.environments
      || peak.running > known.running
    {
      peaks.append(peak)
    }
  }

  private mutating func settlePeaks() {
    let begin = staleFrom &- 1
    staleFrom = .never
    peaks.removeLast(peaks.count - peaks.partitionPoint { $0.time <= begin })
    latest = counted(at: begin, peaks: peaks.last)
    latest.changed = begin
    // At one moment, ends come first.
    let columns: [(edges: Edges, change: (inout Population, Timestamp) -> Void)] = [
      (running.ends, { $0.running.fall(at: $1) }), (requests.ends, { $0.requests.fall(at: $1) }),
      (environments.ends, { $0.environments.fall(at: $1) }),
      (environments.starts, { $0.environments.rise(at: $1) }),
      (requests.starts, { $0.requests.rise(at: $1) }), (running.starts, { $0.running.rise(at: $1) }),
    ]
    var places = columns.map { $0.edges.count(upTo: begin) }
    while true {
      var next: Int?
      for (column, place) in places.enumerated() where place < columns[column].edges.count {
        let time = columns[column].edges.times[place]
        if let best = next, columns[best].edges.times[places[best]] <= time { continue }
        next = column
      }
      guard let next else { break }
      let time = columns[next].edges.times[places[next]]
      places[next] += 1
      change(at: time) { population in
        population.advance(to: time)
        columns[next].change(&population, time)
      }
    }
    let changed = latest.changed
    latest = population(at: .never)
    latest.changed = changed
  }

  private func counted(at time: Timestamp, peaks: Peaks?) -> Population {
    func level(_ lane: borrowing Lane, _ peak: Int32?) -> Level {
      let (begun, ended) = (lane.starts.count(upTo: time), lane.ends.count(upTo: time))
      return Level(
        count: begun - ended, peak: Int(peak ?? 0),
        sum: lane.ends.exactSum(ofFirst: ended) - lane.starts.exactSum(ofFirst: begun))
    }
    var population = Population()
    population.requests = level(requests, peaks?.requests)
    population.environments = level(environments, peaks?.environments)
    population.running = level(running, peaks?.running)
    population.idleBefore = Int(peaks?.idle ?? 0)
    population.changed = time
    return population
  }

  private mutating func settleDepartures(_ lives: [(gone: Timestamp, born: Timestamp)]) {
    departuresAreStale = false
    var total: Int128 = 0
    departures = lives.sorted { $0.gone < $1.gone }.map { life in
      total += Int128(life.gone) - Int128(life.born)
      return (life.gone, total)
    }
  }
}
