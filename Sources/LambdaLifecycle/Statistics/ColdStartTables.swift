/// The inits of a session, as tables.
package struct ColdStartTables: Sendable {
  package struct Entry: Sendable {
    package var environment: EnvironmentID
    package var function: Name
    package var source: SourceKind
    package var parts: InitParts
    package var table: InitTable
  }

  /// In order of their begins.
  package private(set) var entries: [Entry] = []

  /// - Parameter withPhases: also those whose code is unknown, where their source divides them; else only the
  ///   others.
  package init(_ timeline: borrowing Timeline, _ catalog: Catalog, withPhases: Bool = false) {
    for track in timeline.tracks where withPhases || !track.code.isEmpty {
      for parts in track.inits(at: timeline.last)
      where parts.tellsCode || withPhases && parts.phases.count > 1 {
        guard parts.begin >= timeline.figuresBegin || parts.end ?? .never > timeline.figuresBegin else {
          continue
        }
        let marks = parts.tellsLines ? [] : track.marks(of: parts, at: parts.end ?? timeline.last)
        let table = InitTable(parts, catalog, marks: marks, at: parts.end ?? timeline.last).largestFirst(
          parts)
        entries.append(
          Entry(
            environment: track.id, function: track.function, source: track.source, parts: parts, table: table)
        )
      }
    }
    entries.sort { ($0.parts.begin, $0.environment.index) < ($1.parts.begin, $1.environment.index) }
  }

  /// The functions, in order of their first cold starts.
  package var functions: [Name] {
    entries.reduce(into: []) { if !$0.contains($1.function) { $0.append($1.function) } }
  }

  /// The slowest cold start of a function, and the one in the middle where there are more than two.
  package func worstAndMedian(of function: Name) -> (worst: Entry, median: Entry?)? {
    let sorted = entries.filter { $0.function == function }.sorted { $0.table.length < $1.table.length }
    guard let worst = sorted.last else { return nil }
    return (worst, sorted.count > 2 ? sorted[(sorted.count - 1) / 2] : nil)
  }

  /// How many cold starts of a function there are.
  package func count(of function: Name) -> Int { entries.count { $0.function == function } }

  /// The time of the statements in each cold start that reports statements.
  /// - Returns: nil for a cold start that has none of them.
  package func lengths(of statements: LineSelector, _ catalog: Catalog) -> [Nanoseconds?] {
    entries.filter { $0.parts.tellsLines }.map { statements.length(in: $0.table.parts(catalog)) }
  }

  /// The median length of each statement, over the cold starts that have it.
  package func medians() -> [InitPartName: Nanoseconds] {
    var lengths: [InitPartName: [Nanoseconds]] = [:]
    for entry in entries {
      for (name, row) in zip(entry.table.names, entry.table.rows) where !name.file.isEmpty {
        lengths[name, default: []].append(row.length)
      }
    }
    return lengths.mapValues { $0.median }
  }
}

extension [Nanoseconds] {
  /// The value in the middle, of an even number the lower one of the two, as everywhere; 0 of none.
  package var median: Nanoseconds { SortedLengths(self).median ?? 0 }
}
