/// Where the time of one init of an environment went.
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
  /// nil where the handler's module has not been imported, or nobody reports it.
  package var module: ModuleTime?
  /// When the process began, by the hook's own reckoning; nil where no line says when it began.
  package var zero: Timestamp?
  /// The cost of each import, as Python itself reports it: before function init began, and from then on;
  /// where init is not divided, all are the function's.
  package var runtimeImports: [ImportTime]
  package var functionImports: [ImportTime]

  /// The cost of each import, the largest first.
  package var imports: [ImportTime] {
    (runtimeImports + functionImports).sorted { ($0.total, $0.own) > ($1.total, $1.own) }
  }

  /// The time it took so far.
  package func length(at time: Timestamp) -> Nanoseconds { min(end ?? time, time) &- begin }

  /// It has failed, and what ran then did not end.
  package var hasFailed: Bool { phases.contains { $0.outcome.isBad } }

  /// Somebody reports statements.
  package var tellsLines: Bool { !lines.isEmpty || module != nil }

  /// Somebody reports statements or imports.
  package var tellsCode: Bool { tellsLines || !runtimeImports.isEmpty || !functionImports.isEmpty }

  /// The module's statements that were too short to be reported one by one; nil before it is over.
  package var shortLines: Nanoseconds? { module.map { $0.length &- topLength } }

  /// The statements that are inside of no other.
  private var topLength: Nanoseconds { lines.filter { $0.depth == 0 }.reduce(0) { $0 &+ $1.time.length } }
}

extension Phase {
  /// Init of the runtime's process, not of extensions.
  package var isOfRuntime: Bool { isInit && self != .extensionInit }

  /// A part that a caller waits for before an invocation.
  fileprivate var isOfInit: Bool { isInit || self == .create }
}

extension EnvironmentTrack {
  /// The inits that had begun by `time`, in order. A run of phases is one: create, and what of init follows.
  package func inits(at time: Timestamp) -> [InitParts] {
    var runs: [Range<Int>] = []
    var place = rowCount(upTo: time)
    while place > 0 {
      let run = initRun(endingAt: place)
      if run.isEmpty {
        place -= 1
      } else {
        if rows[run].contains(where: { $0.phase.isInit }) { runs.append(run) }
        place = run.lowerBound
      }
    }
    runs.reverse()
    let told = told(in: runs, until: time)
    return zip(runs, told).map { initParts(rows[$0], $1) }
  }

  /// An init of it is reported.
  package var hasInit: Bool { Phase.inits.contains { self[$0].starts.count > 0 } }

  /// The init under way at `time`, or the last one before.
  package func latestInit(at time: Timestamp) -> InitParts? {
    let begins = Phase.inits.compactMap { phase in
      let count = self[phase].starts.count(upTo: time)
      return count > 0 ? self[phase].starts.times[count - 1] : nil
    }
    guard let begin = begins.max() else { return nil }
    let count = rowCount(upTo: time)
    guard let last = rows[..<rowCount(upTo: begin)].lastIndex(where: { $0.phase.isInit }) else { return nil }
    // Extensions that were started later belong to it.
    var end = last + 1
    while end < count, rows[end].phase.isInit, rows[end].extensionName != .none { end += 1 }
    let run = initRun(endingAt: end)
    return told(in: [run], until: time).first.map { initParts(rows[run], $0) }
  }

  /// The rows of the init that ends before a place; empty where the row before it is of none. A second run of the same phase is
  /// another init.
  private func initRun(endingAt end: Int) -> Range<Int> {
    var first = end
    var seen: Set<Phase> = []
    while first > 0 {
      let row = rows[first - 1]
      guard row.phase.isOfInit, row.extensionName != .none || seen.insert(row.phase).inserted else { break }
      first -= 1
    }
    return first..<end
  }

  /// The code reported in each of some runs, which are in order.
  private func told(in runs: [Range<Int>], until time: Timestamp) -> [InitCode] {
    // The interpreter reports its imports before the init that they belong to is known to have begun, and
    // output takes its time.
    let begins = runs.map { rows[$0.lowerBound].start &- Self.outputDelay }
    var told = Array(repeating: InitCode(), count: runs.count)
    func place(_ moment: Timestamp) -> Int? {
      let place = begins.partitionPoint { $0 <= moment } - 1
      return place >= 0 && moment <= time ? place : nil
    }
    for entry in code.modules { if let place = place(entry.time) { told[place].modules.append(entry) } }
    for entry in code.imports { if let place = place(entry.time) { told[place].imports.append(entry) } }
    for entry in code.lines {
      // The hook ends with the module: what somebody prints later is none of its words.
      guard let place = place(entry.time), entry.time <= told[place].modules.first?.time ?? .max else {
        continue
      }
      told[place].lines.append(entry)
    }
    return told
  }

  private func initParts(_ run: ArraySlice<SpanRow>, _ told: InitCode) -> InitParts {
    let begin = run.first?.start ?? created
    let end = run.map(\.end).max() ?? .never
    let runtimeBegin = run.first { $0.phase.isOfRuntime }?.start ?? begin
    let zero = Self.zero(of: told, notBefore: runtimeBegin)
    let functionBegin = run.first { $0.phase == .functionInit }?.start ?? .min
    return InitParts(
      begin: begin, end: end == .never ? nil : end,
      phases: run.filter { $0.extensionName == .none },
      extensions: run.filter { $0.extensionName != .none }.map {
        .init(name: $0.extensionName, start: $0.start, end: $0.end == .never ? nil : $0.end)
      },
      lines: LineTree(told, from: zero).flat(), module: told.modules.first?.module, zero: zero,
      runtimeImports: told.imports.filter { $0.time < functionBegin }.map(\.cost),
      functionImports: told.imports.filter { $0.time >= functionBegin }.map(\.cost))
  }

  /// When the process began: output can only come late, so that the earliest that any line says is nearest.
  private static func zero(of told: InitCode, notBefore begin: Timestamp) -> Timestamp? {
    let zeros = told.lines.filter { $0.line.begin >= 0 }.map { $0.time &- $0.line.begin &- $0.line.length }
    return zeros.min().map { max($0, begin) }
  }
}
