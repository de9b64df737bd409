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
      /// Both, as long as nobody has told them apart.
      case beforeLines
      case line(InitParts.Line)
      /// So many statements together, and those that were too short to be told.
      case otherLines(Int)
      /// Imports of a package, as Python tells them.
      case package(String)
      case mark(MarkSpan)
      /// Whatever runs behind that statement.
      case running(after: LineTime?)
      /// What was running when the init was ended.
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
  }

  package enum Order: Sendable, CaseIterable {
    /// As they stand in the source.
    case source
    /// The longest first.
    case cost
  }

  package private(set) var rows: [Row] = []
  /// What all parts come to.
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
    let before = parts.phases.filter { !$0.phase.isOfRuntime }
    for phase in before { addPhase(phase, parts, at: time) }
    addRuntime(parts, at: time)
    for (package, length) in Self.packages(parts, catalog) {
      rows.append(Row(kind: .package(package), length: length, stretch: nil, isPart: true))
    }
    addLines(parts, order: order)
    addMarks(marks, at: time)
    addEnd(parts, at: time)
  }

  private mutating func addPhase(_ phase: SpanRow, _ parts: InitParts, at time: Timestamp) {
    let stretch = phase.start..<max(phase.start, min(phase.end, time))
    rows.append(
      Row(
        kind: .phase(phase.phase), length: stretch.upperBound &- stretch.lowerBound, stretch: stretch,
        isPart: true))
    guard phase.phase == .extensionInit else { return }
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
    if let module = parts.module, module.process >= 0 {
      let zero = parts.zero ?? parts.runtimeBegin
      let begun = zero &+ module.process
      rows.append(Row(kind: .process, length: module.process, stretch: zero..<begun, isPart: true))
      let client = max(0, module.client)
      rows.append(Row(kind: .client, length: client, stretch: begun..<begun &+ client, isPart: true))
    } else if let zero = parts.zero, let first = parts.lines.map(\.start).min(), first > zero {
      let begun = min(first, max(zero, time))
      rows.append(Row(kind: .beforeLines, length: begun &- zero, stretch: zero..<begun, isPart: true))
    } else if !parts.tellsLines, parts.imports.isEmpty {
      for phase in parts.phases where phase.phase.isOfRuntime { addPhase(phase, parts, at: time) }
    }
  }

  /// What imports cost by package, where nothing is told of statements, the largest first.
  private static func packages(_ parts: InitParts, _ catalog: Catalog) -> [(String, Nanoseconds)] {
    if parts.tellsLines { return [] }
    var sums: [String: Nanoseconds] = [:]
    for cost in parts.imports {
      let name = catalog.text(cost.name)
      sums[String(name.prefix { $0 != "." }), default: 0] += cost.own
    }
    return sums.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  private mutating func addLines(_ parts: InitParts, order: Order) {
    for tree in Self.ordered(parts.lines, by: order) {
      rows.append(
        Row(
          kind: .line(tree), length: tree.time.length, stretch: tree.start..<tree.end,
          isPart: tree.depth == 0, depth: tree.depth))
    }
    if let short = parts.shortLines, short > 0 {
      rows.append(Row(kind: .otherLines(0), length: short, stretch: nil, isPart: true))
    }
  }

  /// Each statement before those inside of it, in either order.
  private static func ordered(_ lines: [InitParts.Line], by order: Order) -> [InitParts.Line] {
    guard order == .cost else { return lines }
    func sorted(_ lines: ArraySlice<InitParts.Line>, depth: Int) -> [InitParts.Line] {
      var trees: [ArraySlice<InitParts.Line>] = []
      var begin = lines.startIndex
      for index in lines.indices.dropFirst() where lines[index].depth == depth {
        trees.append(lines[begin..<index])
        begin = index
      }
      if begin < lines.endIndex { trees.append(lines[begin...]) }
      trees.sort { ($0.first?.time.length ?? 0) > ($1.first?.time.length ?? 0) }
      return trees.flatMap { $0.prefix(1) + sorted($0.dropFirst(), depth: depth + 1) }
    }
    return sorted(lines[...], depth: 0)
  }

  private mutating func addMarks(_ marks: [MarkSpan], at time: Timestamp) {
    for mark in marks {
      let end = max(mark.start, min(mark.end ?? time, time))
      rows.append(
        Row(kind: .mark(mark), length: end &- mark.start, stretch: mark.start..<end, isPart: false, depth: 1))
    }
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
    guard parts.tellsLines, parts.module == nil, !isOver || parts.hasFailed else {
      if parts.tellsLines || !parts.imports.isEmpty || rest >= 100_000 {
        rows.append(Row(kind: .unexplained, length: rest, stretch: nil, isPart: true))
      }
      return
    }
    let last = parts.lines.max { $0.end < $1.end }
    let begin = min(last?.end ?? stretch.lowerBound, stretch.upperBound)
    rows.append(
      Row(
        kind: isOver ? .unfinished(after: last?.time) : .running(after: last?.time), length: rest,
        stretch: begin..<stretch.upperBound, isPart: true))
  }

  /// As many rows as there is room for: the statements that matter least are one row together.
  package func fitted(to count: Int) -> [Row] {
    guard rows.count > count else { return rows }
    var kept = rows
    var folded: [Row] = []
    // What is inside of a part may go without a word; parts that go are one row together.
    while kept.count + (folded.contains(where: \.isPart) ? 1 : 0) > max(1, count) {
      let least = kept.indices.filter { kept[$0].canBeFolded }.min { kept[$0].weight < kept[$1].weight }
      guard let least else { break }
      folded.append(kept.remove(at: least))
    }
    let parts = folded.filter(\.isPart)
    guard !parts.isEmpty else { return Array(kept.prefix(max(1, count))) }
    let length = parts.reduce(Nanoseconds(0)) { $0 &+ $1.length }
    let statements = parts.count { if case .line = $0.kind { true } else { false } }
    let place =
      kept.lastIndex { if case .line = $0.kind { true } else { false } }.map { $0 + 1 } ?? kept.count
    kept.insert(
      Row(kind: .otherLines(statements), length: length, stretch: nil, isPart: true),
      at: min(place, kept.count))
    return Array(kept.prefix(max(1, count)))
  }
}

extension InitTable.Row {
  /// A statement, or what a process does before the first one.
  package var isStatement: Bool {
    switch kind {
    case .process, .client, .beforeLines, .line: true
    default: false
    }
  }

  /// Statements and what is inside of parts may be left out where there is no room.
  fileprivate var canBeFolded: Bool {
    switch kind {
    case .line, .mark, .extensionInit, .otherLines, .package: true
    default: false
    }
  }

  /// What is inside of something says it a second time.
  fileprivate var weight: Nanoseconds { isPart ? length : length / 4 }
}

extension InitParts {
  fileprivate var runtimeBegin: Timestamp { phases.first { $0.phase.isOfRuntime }?.start ?? begin }

  /// When the runtime's process was ready; nil before.
  fileprivate var runtimeEnd: Timestamp? {
    let ends = phases.filter { $0.phase.isOfRuntime }.map(\.end)
    return ends.max().flatMap { $0 == .never ? nil : $0 }
  }
}
