/// The population at every moment of a timeline: counts and times by binary search, peaks from a list.
///
/// Events may come in any order; what a late one changes of the peaks is counted anew from its moment on.
struct PopulationHistory: TimedColumn, Sendable {
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
  /// Requests that an environment had beside another one: all others are environments that ran.
  private(set) var shared = Lane()
  /// When environments went, in order, and how long they and all before them had lived together.
  private var departures: [(time: Timestamp, lifetimes: Int128)] = []
  /// Lives have been reported late, or otherwise than they were.
  private(set) var departuresAreStale = false
  /// The part of each lane that was let go: Σ of its ends less Σ of its begins.
  private var letGo = (requests: Int128(0), environments: Int128(0), shared: Int128(0))
  /// Environments of which nothing is left, and how long they had lived.
  private var departed = (count: 0, lifetimes: Int128(0))
  /// One for each time that a peak was exceeded.
  private var peaks: [Peaks] = []
  private var staleFrom = Timestamp.never
  /// From when on peaks and times are counted.
  private var begin = Timestamp.min
  /// The same until something has happened then or later; `.never` afterwards.
  private var begins = Timestamp.never
  /// The population when figures began, since detail of that time was let go.
  private var before: Population?
  /// As it is after all events that have come in order.
  private(set) var latest = Population()

  mutating func environmentCreated(at time: Timestamp) {
    environments.starts.insert(time)
    change(at: time) { $0.environmentCreated(at: time) }
  }

  mutating func environmentGone(at time: Timestamp, born: Timestamp) {
    environments.ends.insert(time)
    if let last = departures.last, time < last.time { departuresAreStale = true }
    departures.append(
      (time, (departures.last?.lifetimes ?? departed.lifetimes) + Int128(time) - Int128(born)))
    change(at: time) { $0.environmentGone(at: time, born: born) }
  }

  @inline(__always)
  mutating func began(at time: Timestamp, wakes: Bool) {
    requests.starts.insert(time)
    if !wakes { shared.starts.insert(time) }
    change(at: time) { $0.began(at: time, wakes: wakes) }
  }

  @inline(__always)
  mutating func ended(at time: Timestamp, rests: Bool) {
    requests.ends.insert(time)
    if !rests { shared.ends.insert(time) }
    change(at: time) { $0.ended(at: time, rests: rests) }
  }

  /// A request that had ended has not, after all; it will be reported anew.
  mutating func takeBackEnd(at time: Timestamp, rests: Bool) {
    requests.ends.remove(time)
    if !rests { shared.ends.remove(time) }
    staleFrom = min(staleFrom, time)
  }

  /// A request has had its environment since an earlier or a later moment than was thought.
  mutating func moveBegin(from known: Timestamp, to time: Timestamp) {
    requests.starts.remove(known)
    requests.starts.insert(time)
    staleFrom = min(staleFrom, known, time)
  }

  /// An environment has been there earlier than was thought.
  mutating func moveCreation(from known: Timestamp, to time: Timestamp, isGone: Bool) {
    environments.starts.remove(known)
    environments.starts.insert(time)
    if isGone { departuresAreStale = true }
    staleFrom = min(staleFrom, time)
  }

  /// Peaks and times are counted from `time` on; what was there already is there.
  mutating func count(from time: Timestamp) {
    begin = time
    begins = time == .min ? .never : time
    staleFrom = .min
  }

  var reckonedBytes: Int {
    [requests, environments, shared].reduce(departures.reckonedBytes + peaks.reckonedBytes) {
      $0 + $1.reckonedBytes
    }
  }

  mutating func removeAll(after time: Timestamp) {
    for lane in [\Self.requests, \.environments, \.shared] { self[keyPath: lane].removeAll(after: time) }
    departures.removeAll { $0.time > time }
    staleFrom = min(staleFrom, time)
  }

  /// Counts anew what came late; to be called before reading, after departures.
  mutating func settle() {
    guard staleFrom != .never else { return }
    for lane in [\Self.requests, \.environments, \.shared] { self[keyPath: lane].settle() }
    settlePeaks()
  }

  /// The population at `time`. Nothing may be stale.
  func population(at time: Timestamp) -> Population {
    // Where nothing has happened since figures began, the most is what there was then.
    let isBefore = begins != .never && time >= begin
    let peak =
      isBefore
      ? peaksNow(counted(at: begin, peaks: nil)) : peaks[..<peaks.partitionPoint { $0.time <= time }].last
    var population = counted(at: time, peaks: peak)
    let count = departures.partitionPoint { $0.time <= time }
    population.gone = departed.count + count
    population.lifetimes = count > 0 ? departures[count - 1].lifetimes : departed.lifetimes
    guard begin != .min, time >= begin else { return population }
    population.leaveOut(before ?? populationBefore, upTo: begin)
    return population
  }

  /// The population when figures began.
  private var populationBefore: Population {
    let early = departures.partitionPoint { $0.time < begin }
    var population = counted(at: begin, peaks: nil)
    population.gone = departed.count + early
    population.lifetimes = early > 0 ? departures[early - 1].lifetimes : departed.lifetimes
    return population
  }

  /// Lets go what ended by `time`; the figures stay those of everything.
  mutating func letGo(before time: Timestamp) {
    if before == nil, begin != .min, time >= begin { before = populationBefore }
    func lost(_ lane: inout Lane) -> Int128 {
      let count = lane.ends.count(upTo: time)
      let sum = lane.ends.exactSum(ofFirst: count) - lane.starts.exactSum(ofFirst: count)
      lane.starts.letGo(first: count)
      lane.ends.letGo(first: count)
      return sum
    }
    letGo.requests += lost(&requests)
    letGo.environments += lost(&environments)
    letGo.shared += lost(&shared)
    let count = departures.partitionPoint { $0.time <= time }
    guard count > 0 else { return }
    departed = (departed.count + count, departures[count - 1].lifetimes)
    departures.removeFirst(count)
  }

  // MARK: Peaks

  @inline(__always)
  private mutating func change(at time: Timestamp, _ body: (inout Population) -> Void) {
    if time < latest.changed { staleFrom = min(staleFrom, time) }
    if time >= begins { beginPeaks() }
    let before = latest.changed
    body(&latest)
    notePeaks(idleSince: before, time)
  }

  /// The most that there has been is what there is now.
  private mutating func beginPeaks() {
    begins = .never
    latest = counted(at: latest.changed, peaks: nil)
    latest.idleBefore = latest.idle
    peaks = [peaksNow(latest)]
  }

  private func peaksNow(_ population: Population) -> Peaks {
    Peaks(
      time: begin, requests: Int32(clamping: population.requests.count),
      environments: Int32(clamping: population.environments.count),
      running: Int32(clamping: population.running.count), idle: Int32(clamping: population.idle))
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
    let known = staleFrom == .min ? .min : staleFrom &- 1
    staleFrom = .never
    peaks.removeLast(peaks.count - peaks.partitionPoint { $0.time <= known })
    latest = counted(at: known, peaks: peaks.last)
    var changed = known
    var counts = (latest.requests.count, latest.environments.count, latest.running.count)
    var peak = peaks.last ?? Peaks(time: known)
    let lanes = [requests, environments, shared]
    var places = lanes.map { ($0.starts.count(upTo: known), $0.ends.count(upTo: known)) }
    while let time = nextChange(lanes, places) {
      if time >= begin, changed < begin {
        begins = .never
        peak = peaksNow(counted(at: changed, peaks: nil))
        peaks = [peak]
      }
      // Environments that have been idle up to now have been so for some time.
      let idle = Int32(clamping: counts.1 - counts.2)
      if idle > peak.idle {
        peak.idle = idle
        peak.time = changed
        peaks.append(peak)
      }
      changed = time
      // At one moment, ends come first: what counts is how many there are afterwards.
      let change = lanes.indices.map { lane in
        let begun = lanes[lane].starts.count(upTo: time, from: places[lane].0)
        let ended = lanes[lane].ends.count(upTo: time, from: places[lane].1)
        defer { places[lane] = (begun, ended) }
        return (begun - places[lane].0) - (ended - places[lane].1)
      }
      counts.0 += change[0]
      counts.1 += change[1]
      counts.2 += change[0] - change[2]
      let now = (Int32(clamping: counts.0), Int32(clamping: counts.1), Int32(clamping: counts.2))
      guard now.0 > peak.requests || now.1 > peak.environments || now.2 > peak.running else { continue }
      peak.time = time
      peak.requests = max(peak.requests, now.0)
      peak.environments = max(peak.environments, now.1)
      peak.running = max(peak.running, now.2)
      peaks.append(peak)
    }
    latest = population(at: .never)
    latest.changed = changed
  }

  private func nextChange(_ lanes: [Lane], _ places: [(begun: Int, ended: Int)]) -> Timestamp? {
    var next = Timestamp.never
    for (lane, place) in zip(lanes, places) {
      if place.begun < lane.starts.count { next = min(next, lane.starts.times[place.begun]) }
      if place.ended < lane.ends.count { next = min(next, lane.ends.times[place.ended]) }
    }
    return next == .never ? nil : next
  }

  private func counted(at time: Timestamp, peaks: Peaks?) -> Population {
    func total(_ lane: borrowing Lane, _ letGo: Int128) -> (count: Int, sum: Int128) {
      let (begun, ended) = (lane.starts.count(upTo: time), lane.ends.count(upTo: time))
      let sum = lane.ends.exactSum(ofFirst: ended) - lane.starts.exactSum(ofFirst: begun)
      return (begun - ended, letGo + sum)
    }
    func level(_ total: (count: Int, sum: Int128), _ peak: Int32?) -> Level {
      Level(count: total.count, peak: Int(peak ?? 0), sum: total.sum)
    }
    let (all, beside) = (total(requests, letGo.requests), total(shared, letGo.shared))
    var population = Population()
    population.requests = level(all, peaks?.requests)
    population.environments = level(total(environments, letGo.environments), peaks?.environments)
    population.running = level((all.count - beside.count, all.sum - beside.sum), peaks?.running)
    population.idleBefore = Int(peaks?.idle ?? 0)
    population.changed = time
    return population
  }

  /// - Parameter lives: of all environments that are gone.
  mutating func settleDepartures(_ lives: [(gone: Timestamp, born: Timestamp)]) {
    departuresAreStale = false
    var total = departed.lifetimes
    departures = lives.sorted { $0.gone < $1.gone }.map { life in
      total += Int128(life.gone) - Int128(life.born)
      return (life.gone, total)
    }
  }
}
