/// The parts of an init as the rows of a table that adds up.
package struct InitTable: Sendable {
  /// A part, or something inside of one.
  package struct Row: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      /// Create, restore, or the init of extensions; another part of init where nothing more is known of it.
      case phase(Phase)
      case extensionInit(Name)
      /// From the start of the runtime's process to the first line of anybody's code; then its client, until the function.
      case process, client
      /// Both, as long as nobody has distinguished them.
      case beforeLines
      case line(InitParts.Line)
      /// Statements that were too short to be reported one by one.
      case shortLines
      /// So many rows together, for which there is no room.
      case others(Int)
      /// Imports of a package, as Python reports them.
      case package(String)
      case mark(MarkSpan)
      /// Whatever runs behind that statement.
      case running(after: LineTime?)
      /// The code that was running when the init was ended.
      case unfinished(after: LineTime?)
      /// Extensions are not ready yet, and the runtime is.
      case extensionsWait
      case measuring
      case unexplained
    }

    package var kind: Kind
    package var length: Nanoseconds
    /// Where it lies; nil where nobody knows.
    package var stretch: Range<Timestamp>?
    /// It counts in the sum; what does not is inside of something that does, or beside it.
    package var isPart: Bool
    package var depth = 0
    /// An error ended it, and the init.
    package var hasFailed = false
  }

  package enum Order: Sendable, CaseIterable {
    /// As they stand in the source.
    case source
    /// The longest first.
    case cost
  }

  package internal(set) var rows: [Row] = []
  /// The names of its rows in every init of the function, in order.
  package internal(set) var names: [InitPartName] = []
  /// The sum of all parts.
  package let length: Nanoseconds
  /// nil where nothing was measured.
  package let measuring: Nanoseconds?
  package let stretch: Range<Timestamp>

  /// - Parameters:
  ///   - marks: of the function, in its init.
  ///   - time: the moment looked at.
  package init(
    _ parts: InitParts, _ catalog: Catalog, marks: [MarkSpan] = [], order: Order = .source, at time: Timestamp
  ) {
    length = max(0, parts.length(at: time))
    measuring = parts.module.flatMap { $0.measuring >= 0 ? $0.measuring : nil }
    stretch = parts.begin..<max(parts.begin &+ 1, min(parts.end ?? time, time))
    if parts.tellsLines {
      for phase in parts.phases where !phase.phase.isOfRuntime { addPhase(phase, parts, at: time) }
      addRuntime(parts, at: time)
    } else {
      addPhases(parts, catalog, marks: marks, at: time)
    }
    let firstLine = rows.count
    for line in parts.lines { rows.append(Row(line)) }
    let lines = firstLine..<rows.count
    if parts.hasFailed, parts.module != nil { markFailed(among: lines) }
    addShortLines(parts)
    // A mark may reach over many statements: it is inside of none.
    if parts.tellsLines { for mark in marks { add(mark, depth: 0, at: time) } }
    addEnd(parts, at: time)
    // Of several alike the first is the first in the source, in whatever order they are shown.
    names = InitPartName.names(of: rows, catalog)
    if order == .cost { sort(lines) }
  }

  mutating func addPhase(_ phase: SpanRow, _ parts: InitParts, at time: Timestamp) {
    let stretch = phase.start..<max(phase.start, min(phase.end, time))
    rows.append(
      Row(
        kind: .phase(phase.phase), length: stretch.upperBound &- stretch.lowerBound, stretch: stretch,
        isPart: true))
    if phase.phase == .extensionInit { addExtensions(parts, at: time) }
  }

  /// Each extension's own init, inside of what was added last.
  mutating func addExtensions(_ parts: InitParts, at time: Timestamp) {
    for part in parts.extensions {
      let end = max(part.start, min(part.end ?? time, time))
      rows.append(
        Row(
          kind: .extensionInit(part.name), length: end &- part.start, stretch: part.start..<end,
          isPart: false,
          depth: 1))
    }
  }

  private mutating func addRuntime(_ parts: InitParts, at time: Timestamp) {
    let runtime = parts.phases.filter { $0.phase.isOfRuntime }
    if let module = parts.module, module.process >= 0 {
      let zero = parts.zero ?? runtime.first?.start ?? parts.begin
      let begun = zero &+ module.process
      rows.append(Row(kind: .process, length: module.process, stretch: zero..<begun, isPart: true))
      let client = max(0, module.client)
      rows.append(Row(kind: .client, length: client, stretch: begun..<begun &+ client, isPart: true))
    } else if let zero = parts.zero, let first = parts.lines.map(\.start).min() {
      // Where an emulator has seen the function begin, all that lies before is the runtime's, reported or
      // not.
      let function = runtime.first { $0.phase == .functionInit }?.start ?? .min
      let begun = max(zero, min(max(first, parts.lines.contains { $0.isNote } ? function : .min), time))
      guard begun > zero else { return }
      rows.append(Row(kind: .beforeLines, length: begun &- zero, stretch: zero..<begun, isPart: true))
    }
  }

  /// The statement that ended last is the one that raised.
  private mutating func markFailed(among lines: Range<Int>) {
    let last = lines.filter { rows[$0].depth == 0 }.max { rows[$0].end < rows[$1].end }
    if let last { rows[last].hasFailed = true }
  }

  private mutating func addShortLines(_ parts: InitParts) {
    guard let short = parts.shortLines, short > 0 else { return }
    rows.append(Row(kind: .shortLines, length: short, stretch: nil, isPart: true))
  }

  /// A stretch that the function has marked.
  /// - Parameter depth: 1 for one inside of what was added last.
  mutating func add(_ mark: MarkSpan, depth: Int, at time: Timestamp) {
    let end = max(mark.start, min(mark.end ?? time, time))
    rows.append(
      Row(
        kind: .mark(mark), length: end &- mark.start, stretch: mark.start..<end, isPart: false, depth: depth))
  }

  private mutating func addEnd(_ parts: InitParts, at time: Timestamp) {
    let isOver = parts.end.map { $0 <= time } ?? false
    if isOver, let end = parts.end, let ready = parts.runtimeEnd, end > ready {
      rows.append(Row(kind: .extensionsWait, length: end &- ready, stretch: ready..<end, isPart: true))
    }
    if let measuring, measuring > 0 {
      rows.append(Row(kind: .measuring, length: measuring, stretch: nil, isPart: true))
    }
    let rest = rows.filter(\.isPart).reduce(length) { $0 &- $1.length }
    guard rest != 0 else { return }
    if parts.tellsLines, parts.module == nil, !isOver || parts.hasFailed {
      let last = parts.lines.max { $0.end < $1.end }
      let begin = min(max(last?.end ?? stretch.lowerBound, stretch.lowerBound), stretch.upperBound)
      rows.append(
        Row(
          kind: isOver ? .unfinished(after: last?.time) : .running(after: last?.time), length: rest,
          stretch: begin..<stretch.upperBound, isPart: true))
    } else if let note = rows.firstIndex(where: \.isNote), parts.module == nil, rest > 0 {
      // A module that is not reported by line takes what nothing else has taken.
      rows[note].length = rest
    } else if parts.tellsLines || rest.magnitude >= 100_000 {
      rows.append(Row(kind: .unexplained, length: rest, stretch: nil, isPart: true))
    }
  }

  // MARK: Order and room

  private mutating func sort(_ lines: Range<Int>) {
    let sorted = LineTree(rows[lines].compactMap(\.line)).flat(longestFirst: true)
    var places: [Place: [Int]] = [:]
    for index in lines.reversed() {
      if let line = rows[index].line { places[Place(line), default: []].append(index) }
    }
    let order = sorted.compactMap { places[Place($0)]?.popLast() }
    guard order.count == lines.count else { return }
    (rows[lines], names[lines]) = (ArraySlice(order.map { rows[$0] }), ArraySlice(order.map { names[$0] }))
  }

  private struct Place: Hashable {
    let file: Name
    let line: Int32
    let start: Timestamp
    let length: Nanoseconds

    init(_ line: InitParts.Line) {
      file = line.time.file
      self.line = line.time.line
      start = line.start
      length = line.time.length
    }
  }

  /// As many rows as there is room for: those that matter least are one row together.
  package func fitted(to count: Int) -> [Row] {
    guard rows.count > count else { return rows }
    let byWeight = rows.indices.sorted { (rows[$0].weight, $1) < (rows[$1].weight, $0) }
    let gone = Set(byWeight.prefix(rows.count - max(1, count) + 1))
    var kept = rows.indices.filter { !gone.contains($0) }.map { rows[$0] }
    let length = gone.filter { rows[$0].isPart }.reduce(Nanoseconds(0)) { $0 &+ rows[$1].length }
    kept.append(Row(kind: .others(gone.count), length: length, stretch: nil, isPart: true))
    return kept
  }
}

extension InitTable.Row {
  init(_ line: InitParts.Line) {
    self.init(
      kind: .line(line), length: line.time.length, stretch: line.start..<line.end, isPart: line.depth == 0,
      depth: line.depth)
  }

  /// The statement that it is of; nil for another part.
  package var line: InitParts.Line? { if case .line(let line) = kind { line } else { nil } }

  /// A statement, or what a process does before the first one.
  package var isStatement: Bool {
    switch kind {
    case .process, .client, .beforeLines, .line: true
    default: false
    }
  }

  fileprivate var isNote: Bool { line?.isNote ?? false }

  fileprivate var end: Timestamp { stretch?.upperBound ?? .min }

  /// A row inside of something says it a second time, and where in it.
  fileprivate var weight: Nanoseconds { isPart ? length : length / 2 }
}

extension InitParts.Line {
  /// It only says why nothing is reported of its module.
  fileprivate var isNote: Bool { time.line == 0 && time.length == 0 && depth == 0 }
}

extension InitParts {
  /// When the runtime's process was ready; nil before.
  fileprivate var runtimeEnd: Timestamp? {
    let ends = phases.filter { $0.phase.isOfRuntime }.map(\.end)
    return ends.max().flatMap { $0 == .never ? nil : $0 }
  }
}
