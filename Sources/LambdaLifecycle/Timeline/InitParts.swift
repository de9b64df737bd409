/// Where the time of one init of an environment went, in parts that add up to what it took.
package struct InitParts: Sendable {
  /// A statement of one of the function's own modules.
  package struct Line: Equatable, Sendable {
    package var time: LineTime
    package var start: Timestamp
    /// The largest first.
    package var packages: [PackageTime]
    /// How many statements it is inside of.
    package var depth: Int

    package var end: Timestamp { start &+ time.length }

    /// What is neither an import nor the init of another module of the function's own.
    package var own: Nanoseconds { max(0, packages.reduce(time.length) { $0 &- $1.length }) }
  }

  /// An extension's own init.
  package struct ExtensionPart: Equatable, Sendable {
    package var name: Name
    package var start: Timestamp
    /// nil while it goes on.
    package var end: Timestamp?
  }

  package var begin: Timestamp
  /// nil while it goes on.
  package var end: Timestamp?
  /// Its phases and those right before it: create, extension init, runtime init, function init, or init undivided.
  package var phases: [SpanRow]
  package var extensions: [ExtensionPart]
  /// In order of their begins, each before those inside of it.
  package var lines: [Line]
  /// nil where the handler's module has not been imported, or nobody tells it.
  package var module: ModuleTime?
  /// When the process began, by the hook's own reckoning; nil where no line says when it began.
  package var zero: Timestamp?
  /// What each import has cost, as Python itself tells it, the largest first.
  package var imports: [ImportTime]
  package var isRestored: Bool

  /// What it took so far.
  package func length(at time: Timestamp) -> Nanoseconds { min(end ?? time, time) &- begin }

  /// The runtime's process: from its start to its first request for an event.
  package func runtimeLength(at time: Timestamp) -> Nanoseconds {
    phases.filter { $0.phase.isOfRuntime }.reduce(0) { $0 &+ max(0, min($1.end, time) &- $1.start) }
  }

  /// It has failed, and what ran then did not end.
  package var hasFailed: Bool { phases.contains { $0.outcome.isBad } }

  /// Somebody tells of statements.
  package var tellsLines: Bool { !lines.isEmpty || module != nil }

  /// The module's statements that were too short to be told one by one; nil before it is over.
  package var shortLines: Nanoseconds? { module.map { $0.length &- topLength } }

  /// The statements that are inside of no other.
  private var topLength: Nanoseconds { lines.filter { $0.depth == 0 }.reduce(0) { $0 &+ $1.time.length } }

  /// What of the runtime's process nothing tells; nil where nothing is told of it at all.
  package func unexplained(at time: Timestamp) -> Nanoseconds? {
    guard tellsLines || !imports.isEmpty else { return nil }
    let all = runtimeLength(at: time)
    guard tellsLines else { return all &- imports.reduce(0) { $0 &+ $1.own } }
    guard let module else { return all &- topLength }
    return all &- module.length &- max(0, module.process) &- max(0, module.client) &- max(0, module.measuring)
  }
}

extension Phase {
  /// Init of the runtime's process, not of extensions.
  package var isOfRuntime: Bool { self == .runtimeInit || self == .functionInit || self == .initialization }

  /// What a caller waits for before an invocation.
  fileprivate var isOfInit: Bool { isInit || self == .create }
}

extension EnvironmentTrack {
  /// The inits that had begun by `time`, in order. A run of phases is one: create, and what of init follows.
  package func inits(at time: Timestamp) -> [InitParts] {
    var inits: [InitParts] = []
    let count = rowCount(upTo: time)
    var index = 0
    while index < count {
      guard rows[index].phase.isOfInit else {
        index += 1
        continue
      }
      let run = initRun(with: index, among: count)
      if let parts = initParts(run, among: count, at: time) { inits.append(parts) }
      index = run.upperBound
    }
    return inits
  }

  /// The init under way at `time`, or the last one before.
  package func latestInit(at time: Timestamp) -> InitParts? {
    let begins = Phase.allCases.filter(\.isInit).compactMap { phase in
      let count = self[phase].starts.count(upTo: time)
      return count > 0 ? self[phase].starts.times[count - 1] : nil
    }
    guard let begin = begins.max() else { return nil }
    let count = rowCount(upTo: time)
    guard let index = rows[..<rowCount(upTo: begin)].lastIndex(where: { $0.phase.isInit }) else { return nil }
    return initParts(initRun(with: index, among: count), among: count, at: time)
  }

  /// The run of phases that a row belongs to. A second run of the same phase is another init.
  private func initRun(with index: Int, among count: Int) -> Range<Int> {
    var first = index
    while first > 0, rows[first - 1].phase.isOfInit { first -= 1 }
    var begun = first
    var seen: Set<Phase> = []
    for place in first..<count {
      let row = rows[place]
      guard row.phase.isOfInit else { return begun..<place }
      guard row.extensionName == .none else { continue }
      if !seen.insert(row.phase).inserted {
        if place > index { return begun..<place }
        begun = place
        seen = [row.phase]
      }
    }
    return begun..<count
  }

  private func initParts(_ places: Range<Int>, among count: Int, at time: Timestamp) -> InitParts? {
    let run = rows[places]
    guard let begin = run.first?.start, run.contains(where: { $0.phase.isInit }) else { return nil }
    let end = run.map(\.end).max() ?? .never
    // The interpreter tells its imports before the init that they belong to is known to have begun, and output takes its time.
    let from = begin &- Self.outputDelay
    let next = rows[places.upperBound..<count].first { $0.phase.isOfInit }?.start
    let until = next.map { min(time &+ 1, $0 &- Self.outputDelay) } ?? time &+ 1
    let told = from < until ? code.told(in: from..<until) : InitCode()
    let runtimeBegin = run.first { $0.phase.isOfRuntime }?.start ?? begin
    let zero = Self.zero(of: told, notBefore: runtimeBegin)
    return InitParts(
      begin: begin, end: end == .never ? nil : end,
      phases: run.filter { $0.extensionName == .none },
      extensions: run.filter { $0.extensionName != .none }.map {
        .init(name: $0.extensionName, start: $0.start, end: $0.end == .never ? nil : $0.end)
      },
      lines: Self.lines(of: told, from: zero), module: told.modules.last?.module, zero: zero,
      imports: told.imports.map(\.cost).sorted { ($0.total, $0.own) > ($1.total, $1.own) },
      isRestored: run.contains { $0.phase == .restore })
  }

  /// When the process began: output can only come late, so that the earliest that any line says is nearest.
  private static func zero(of told: InitCode, notBefore begin: Timestamp) -> Timestamp? {
    let zeros = told.lines.filter { $0.line.begin >= 0 }.map { $0.time &- $0.line.begin &- $0.line.length }
    return zeros.min().map { max($0, begin) }
  }

  /// The statements with what they imported, each before those inside of it. A module of the function's own is inside of the
  /// statement that names its file among what it has imported; both were told when they ended, so the inner ones before.
  private static func lines(of told: InitCode, from zero: Timestamp?) -> [InitParts.Line] {
    // Statements that nobody has claimed yet, with what they contain.
    var open: [[InitParts.Line]] = []
    for (time, line, imported) in told.lines {
      let start = line.begin >= 0 ? (zero ?? time) &+ line.begin : time &- line.length
      var tree = [
        InitParts.Line(
          time: line, start: start, packages: imported.sorted { $0.length > $1.length }, depth: 0)
      ]
      let files = Set(imported.map(\.name))
      var others: [[InitParts.Line]] = []
      for other in open {
        if other[0].time.file != line.file, files.contains(other[0].time.file) {
          tree += other.map {
            var inner = $0
            inner.depth += 1
            return inner
          }
        } else {
          others.append(other)
        }
      }
      open = others + [tree]
    }
    return open.flatMap { $0 }
  }
}
