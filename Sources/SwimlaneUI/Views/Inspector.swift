internal import LambdaLifecycle

/// The facts known of an environment at a moment, ready to be drawn.
struct Inspector {
  /// The latest span of a phase.
  struct PhaseLine: Equatable {
    var title: String
    var role: Role
    var begin: String
    var end: String
    var length: String
    /// Reported or inferred, and how it went where that was not well.
    var note: String
    /// The part of the note that matters most, where there is little room.
    var shortNote: String
  }

  struct Fact: Equatable {
    var name: String
    /// Each is a statement of its own.
    var parts: [String]

    init(_ name: String, _ parts: String...) { self.init(name, parts) }

    init(_ name: String, _ parts: [String]) {
      self.name = name
      self.parts = parts
    }
  }

  /// In order of their begin.
  var phases: [PhaseLine] = []
  /// The most important first.
  var facts: [Fact] = []

  init(
    _ track: borrowing EnvironmentTrack, _ scene: borrowing Scene, _ bill: EnvironmentBill
  ) {
    phases = Self.phases(track, scene)
    facts = Self.cause(of: track, scene) + Self.life(track, scene)
    if let marks = Self.marks(track, scene.catalog, at: scene.stage.time) { facts.append(marks) }
    addMoney(bill)
    if let before = Self.initBefore(track, scene) { facts.append(before) }
    addExtensions(track, scene)
    addLastInvocation(track, scene)
    if let (_, report) = track.initReports.last(where: { $0.time <= scene.stage.time }) {
      facts.append(Fact("init report", Self.words(report, scene.catalog)))
    }
    if let imports = Self.imports(track, scene.catalog, at: scene.stage.time) { facts.append(imports) }
  }

  // MARK: Phases

  private static func phases(_ track: borrowing EnvironmentTrack, _ scene: borrowing Scene)
    -> [PhaseLine]
  {
    var lines: [(begin: Timestamp, line: PhaseLine)] = []
    for phase in Phase.allCases {
      let told = track.latestSpan(.phase(phase), at: scene.stage.time)
      let inferred = phase == .frozen ? track.latestSpan(.inferredFrozen, at: scene.stage.time) : nil
      let isInferred = inferred.map { $0.begin > told?.begin ?? .min } ?? false
      guard let span = isInferred ? inferred : told else { continue }
      let row = track.row(phase, beginningAt: span.begin)
      let isOver = span.end <= scene.stage.time
      var note = isInferred ? "inferred" : "told"
      var shortNote = note
      if isOver, let row {
        if row.endIsInferred { note = "end inferred" }
        if row.divisionIsInferred { note = "inferred" }
        if row.startIsInferred { note = "length told" }
        shortNote = row.outcome.isBad ? row.outcome.wireName : note
        if row.outcome.isBad { note += ", \(row.outcome.wireName)" }
        let error = scene.catalog.text(row.errorType)
        if !error.isEmpty { note += " \(error)" }
      }
      lines.append(
        (
          span.begin,
          PhaseLine(
            title: phase.shortTitle(track.source) + (span.count > 1 ? " (\(span.count))" : ""),
            role: phase.look.role,
            begin: text(ofMoment: span.begin &- scene.stage.origin),
            end: isOver ? text(ofMoment: span.end &- scene.stage.origin) : "goes on",
            length: isOver || scene.stage.time &- span.begin >= 1_000
              ? text(ofLength: min(span.end, scene.stage.time) &- span.begin) : "",
            note: note, shortNote: shortNote)
        ))
    }
    return lines.sorted { $0.begin < $1.begin }.map(\.line)
  }

  // MARK: Facts

  private static func life(
    _ track: borrowing EnvironmentTrack, _ scene: borrowing Scene
  ) -> [Fact] {
    let time = scene.stage.time
    let state = track.state(at: time, inputEnd: scene.stage.inputEnd)
    let requests = track.invocationCount(upTo: time)
    var now =
      state == .unknown && time >= scene.stage.inputEnd
      ? [
        "\(scene.stage.phrase(state, of: track)), \(text(ofMoment: scene.stage.inputEnd &- scene.stage.origin))"
      ]
      : ["\(state.title) since \(text(ofMoment: track.stateBegan(at: time) &- scene.stage.origin))"]
    if track.initializationType != .unknown { now.append(track.initializationType.wireName) }
    now.append("\(requests) request\(requests == 1 ? "" : "s") served")
    var facts = [Fact("state", now)]
    let end = track.stateEnd(
      at: time, inputEnd: scene.stage.inputEnd,
      scene.stage.limits(of: scene.catalog.function(of: track.id), created: track.created, scene.timeline))
    let words = end.text(at: time, isSimulated: !scene.stage.lead.isObserved)
    if !words.isEmpty { facts.append(Fact("ends", words)) }
    return facts
  }

  private mutating func addMoney(_ bill: EnvironmentBill) {
    guard bill.invocations > 0 || bill.milliseconds > 0 else {
      return facts.append(Fact("billed", "nothing yet"))
    }
    let prices = PriceTable()
    let gbSeconds = decimal(Int64((bill.billing.gbSeconds * 1_000).rounded()), unit: 1_000, places: 3)
    facts.append(
      Fact(
        "billed", "\(text(ofCount: bill.milliseconds)) ms", "\(gbSeconds) GB-s",
        text(ofDollars: prices.cost(of: bill)),
        prices.origin))
  }

  private mutating func addExtensions(
    _ track: borrowing EnvironmentTrack, _ scene: borrowing Scene
  ) {
    var states: [Name: ExtensionState] = [:]
    for entry in track.extensionStates where entry.time <= scene.stage.time {
      states[entry.name] = entry.state
    }
    let words = states.map { "\(scene.catalog.text($0.key)) \($0.value.wireName)" }.sorted()
    let none = track.source.tellsFreezing ? "none" : "none told"
    facts.append(Fact("extensions", words.isEmpty ? [none] : words))
  }

  private mutating func addLastInvocation(
    _ track: borrowing EnvironmentTrack, _ scene: borrowing Scene
  ) {
    guard let span = track.latestSpan(.phase(.invoke), at: scene.stage.time),
      let row = track.row(.invoke, beginningAt: span.begin), row.request >= 0
    else { return }
    let request = scene.timeline.requests[Int(row.request)]
    var parts: [String] = []
    let number = scene.timeline.attemptNumber(of: Int(row.request))
    if number > 1 { parts.append("attempt \(number)") }
    if request.answered <= scene.stage.time, let wait = request.wait {
      parts.append("the caller waited \(text(ofLength: wait))")
    }
    if request.ended <= scene.stage.time, request.billedMs >= 0 {
      parts.append("billed \(text(ofCount: request.billedMs)) ms")
    }
    let id = scene.catalog.text(request.id)
    if !id.isEmpty { parts.append(id) }
    if !parts.isEmpty { facts.append(Fact("request", parts)) }
  }

  /// An init report, in parts.
  private static func words(_ report: InitReport, _ catalog: Catalog) -> [String] {
    var parts: [String] = []
    if report.initializationType != .unknown { parts.append(report.initializationType.wireName) }
    if report.isSuppressed { parts.append("inside the invocation") }
    if report.outcome != .none { parts.append(report.outcome.wireName) }
    if report.errorType != .none { parts.append(catalog.text(report.errorType)) }
    if report.duration >= 0 { parts.append(text(ofLength: report.duration)) }
    if report.billedMs > 0 { parts.append("billed \(text(ofCount: report.billedMs)) ms") }
    return parts
  }
}

extension EnvironmentTrack {
  /// The latest span of a lane that has begun by `time`, and how many have; the end is `.never` while it is open.
  fileprivate func latestSpan(_ lane: LaneIndex, at time: Timestamp)
    -> (begin: Timestamp, end: Timestamp, count: Int)?
  {
    let count = self[lane].starts.count(upTo: time)
    guard count > 0 else { return nil }
    let begin = self[lane].starts.times[count - 1]
    if case .phase(let phase) = lane, let row = row(phase, beginningAt: begin) {
      return (begin, row.end, letGoCount(lane) + count)
    }
    // Frozen spans do not overlap: the k-th begin belongs to the k-th end.
    let end = count <= self[lane].ends.count ? self[lane].ends.times[count - 1] : .never
    return (begin, end, letGoCount(lane) + count)
  }

  /// The row of a phase, not of a single extension, with that begin.
  fileprivate func row(_ phase: Phase, beginningAt begin: Timestamp) -> SpanRow? {
    var index = rowCount(upTo: begin) - 1
    while index >= 0, rows[index].start == begin {
      if rows[index].phase == phase, rows[index].extensionName == .none { return rows[index] }
      index -= 1
    }
    return nil
  }
}

extension Stage {
  /// The settings that decide when the state of an environment of that function ends. An environment keeps
  /// the timeout that it was created with; how long it may idle is asked anew.
  func limits(of function: Name, created: Timestamp, _ timeline: borrowing Timeline) -> StateLimits {
    var limits = StateLimits(timeline.description(of: function, at: created))
    limits.idleTimeout = StateLimits(timeline.description(of: function, at: time)).idleTimeout
    limits.runtimeShutdownShare = runtimeShutdownShare
    return limits
  }
}

extension Phase {
  /// At most 16 columns.
  fileprivate func shortTitle(_ source: SourceKind) -> String {
    look.shortTitle?.description ?? source.title(of: self)
  }
}
