// The part of a session looked at: some of its environments. One pass over requests finds theirs; then the
// timeline is asked as if there were nothing else.

/// Certain environments of a timeline, with their requests and with those that no environment has taken.
package struct EnvironmentSelection: Sendable {
  /// By the index of an environment, whether it is one of them.
  package let environments: [Bool]
  /// By the function of requests that no environment has taken, whether they are among them.
  private var functions: [Name: Bool] = [:]
  /// By the place of a request, and the places of those that are theirs.
  private var isIn: [Bool] = []
  fileprivate var places: [Int32] = []
  fileprivate var columns = FigureColumns()
  fileprivate var landmarks = Landmarks()
  fileprivate var population = PopulationHistory()
  fileprivate var late = 0

  /// - Parameters:
  ///   - environments: by index; those beyond are none of them.
  ///   - functions: whether requests for a function that no environment has taken are among them.
  package init(
    of environments: [Bool], functions: (Name) -> Bool, in timeline: borrowing Timeline
  ) {
    self.environments = environments
    findRequests(timeline, functions)
    findMarks(timeline)
    findDrops(timeline)
    columns.take(.settle)
  }

  /// True if the environment is one of those looked at.
  package func holds(_ environment: EnvironmentID) -> Bool {
    environment.index < environments.count && environments[environment.index]
  }

  /// True if the request is one of theirs.
  package func holds(_ request: RequestRow) -> Bool {
    request.environment != .none ? holds(request.environment) : functions[request.function] ?? false
  }

  /// True if the request at a place is one of theirs.
  func holds(request place: Int) -> Bool { place < isIn.count && isIn[place] }

  /// True if all that was counted of the other is counted of this one too: anything that has come since lies
  /// behind it.
  package func goesOn(from other: EnvironmentSelection) -> Bool {
    environments.starts(with: other.environments) && columns.answers.starts(with: other.columns.answers)
  }

  private mutating func findRequests(_ timeline: borrowing Timeline, _ passes: (Name) -> Bool) {
    var (begins, ends): ([Timestamp], [Timestamp]) = ([], [])
    isIn = [Bool](repeating: false, count: timeline.requests.count)
    for place in timeline.requests.indices {
      let request = timeline.requests[place]
      if request.environment == .none, functions[request.function] == nil {
        functions[request.function] = passes(request.function)
      }
      guard holds(request) else { continue }
      isIn[place] = true
      places.append(Int32(place))
      columns.arrivals.insert(request.arrival)
      columns.note(request.start, at: request.arrival)
      if request.previousAttempt >= 0 { _ = columns.retries.append(Retry(time: request.arrival)) }
      if request.answered != .never, request.isBad {
        columns.badAnswers.insert(request.answered)
      }
      guard request.taken != .never else { continue }
      begins.append(request.taken)
      if request.ended != .never { ends.append(request.ended) }
    }
    count(begins.sorted(), ends.sorted(), from: timeline.figuresBegin)
  }

  /// Requests in flight; how many environments there are is not counted.
  private mutating func count(_ begins: [Timestamp], _ ends: [Timestamp], from begin: Timestamp) {
    if begin != .min { population.count(from: begin) }
    var (begun, ended) = (0, 0)
    while begun < begins.count || ended < ends.count {
      // An end makes room for a begin at the same time; a request that takes no time has to begin first.
      if ended < ends.count, begun == begins.count || ended < begun && ends[ended] <= begins[begun] {
        population.ended(at: ends[ended], rests: false)
        ended += 1
      } else {
        population.began(at: begins[begun], wakes: false)
        begun += 1
      }
    }
    population.settle()
  }

  private mutating func findMarks(_ timeline: borrowing Timeline) {
    let isIn = isIn
    columns.answers = timeline.answers.filter { isIn[Int($0)] }
    for known in timeline.inits where holds(known.environment) { _ = columns.inits.append(known) }
    for bill in timeline.initBills where holds(bill.environment) { _ = columns.initBills.append(bill) }
    for index in timeline.tracks.indices where holds(timeline.tracks[index].id) {
      late += timeline.tracks[index].late
    }
    var landmarks = timeline.landmarks
    for kind in [Landmark.error, .coldStart, .shutdown] { landmarks.keep(kind) { holds($0.environment) } }
    landmarks.keep(.throttle) { _ in false }
    // Of requests that no environment has taken, landmarks do not say whose they are.
    for place in places where timeline.requests[Int(place)].environment == .none {
      let request = timeline.requests[Int(place)]
      guard request.answered != .never, request.isBad else { continue }
      landmarks.add(request.isThrottled ? .throttle : .error, request.answered, .none)
    }
    landmarks.settle()
    self.landmarks = landmarks
  }

  private mutating func findDrops(_ timeline: borrowing Timeline) {
    guard !timeline.drops.isEmpty else { return }
    let all = Set(timeline.drops.map(\.request))
    var theirs: Set<RequestID> = []
    for place in places where all.contains(timeline.requests[Int(place)].id) {
      theirs.insert(timeline.requests[Int(place)].id)
    }
    for drop in timeline.drops where theirs.contains(drop.request) { _ = columns.drops.append(drop) }
  }
}

extension Timeline {
  /// The same timeline as if there were only the environments selected: figures, requests and marks are
  /// theirs. Lines that were not understood and events that were lost belong to no environment and are left
  /// out. Of what has been let go there are figures of all environments together alone: those of some
  /// begin where details do.
  package func showing(_ selection: EnvironmentSelection) -> Timeline {
    var timeline = self
    timeline.selection = selection
    timeline.session.ledger.show(selection.columns)
    timeline.session.landmarks = selection.landmarks
    timeline.session.population = selection.population
    timeline.letGo.tally = StatisticsTally()
    timeline.session.late = selection.late
    timeline.undecodable = 0
    timeline.dropped = 0
    return timeline
  }

  /// Of a selection, whether an environment is one of it.
  func shows(_ environment: EnvironmentID) -> Bool { selection?.holds(environment) ?? true }

  /// The same of the request at a place.
  func shows(request place: Int) -> Bool { selection?.holds(request: place) ?? true }

  /// The place of the last request that had arrived by `time`, as far as requests were reported in order.
  package func lastRequest(upTo time: Timestamp) -> Int? { latestRequests(1, upTo: time).last }

  /// The places of the latest requests that had arrived by `time`, in order.
  package func latestRequests(_ count: Int, upTo time: Timestamp) -> [Int] {
    if let places = selection?.places {
      let end = places.partitionPoint { requests[Int($0)].arrival <= time }
      return places[..<end].suffix(max(0, count)).map(Int.init)
    }
    let end = requests.partitionPoint { $0.arrival <= time }
    return Array(max(0, end - max(0, count))..<end)
  }
}
