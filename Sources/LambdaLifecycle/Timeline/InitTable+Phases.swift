// An init none of whose lines is reported: its phases add up, and what is known of a phase's inside stands
// below it.

extension InitTable {
  /// Phases with the extensions, imports and marks inside of them.
  mutating func addPhases(
    _ parts: InitParts, _ catalog: Catalog, marks: [MarkSpan], at time: Timestamp
  ) {
    let hasExtensions = parts.phases.contains { $0.phase == .extensionInit }
    let firstRuntime = parts.phases.firstIndex { $0.phase.isOfRuntime }
    var marks = marks
    for (place, phase) in parts.phases.enumerated() {
      addPhase(phase, parts, at: time)
      guard phase.phase.isOfRuntime else { continue }
      // Where nobody reported the phase of extensions, the runtime's is around them.
      if !hasExtensions, place == firstRuntime { addExtensions(parts, at: time) }
      let isLast = place == parts.phases.lastIndex { $0.phase.isOfRuntime }
      // Before the function's part began it was the runtime that imported.
      let imports = isLast ? parts.functionImports : place == firstRuntime ? parts.runtimeImports : []
      for (package, length) in Self.packages(imports, catalog) {
        rows.append(Row(kind: .package(package), length: length, stretch: nil, isPart: false, depth: 1))
      }
      let count = isLast ? marks.count : marks.partitionPoint { $0.start < phase.end }
      for mark in marks.prefix(count) { add(mark, depth: 1, at: time) }
      marks.removeFirst(count)
    }
  }

  /// The cost of imports by package, the largest first.
  private static func packages(_ imports: [ImportTime], _ catalog: Catalog) -> [(String, Nanoseconds)] {
    var sums: [String: Nanoseconds] = [:]
    for cost in imports {
      let name = String(catalog.text(cost.name).prefix { $0 != "." })
      sums[name] = sums[name, default: 0] &+ cost.own
    }
    return sums.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  /// The largest part first, each with what is inside of it, the largest first too; what nobody explains comes last. With lines,
  /// the order of the source says more.
  package func largestFirst(_ parts: InitParts) -> InitTable {
    guard !parts.tellsLines else { return self }
    var groups: [[Int]] = []
    for index in rows.indices {
      if rows[index].depth == 0 || groups.isEmpty {
        groups.append([index])
      } else {
        groups[groups.count - 1].append(index)
      }
    }
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      let (isOneLast, isOtherLast) = (rows[one].kind == .unexplained, rows[other].kind == .unexplained)
      if isOneLast != isOtherLast { return isOtherLast }
      return (rows[other].length, one) < (rows[one].length, other)
    }
    groups.sort { isBefore($0[0], $1[0]) }
    let order = groups.flatMap { [$0[0]] + $0.dropFirst().sorted(by: isBefore) }
    var table = self
    table.rows = order.map { rows[$0] }
    table.names = order.map { names[$0] }
    return table
  }
}
