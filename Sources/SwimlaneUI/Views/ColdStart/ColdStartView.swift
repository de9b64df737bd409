internal import LambdaLifecycle

/// What a pane shows of the selected environment's latest init: its table, and that of the cold start before.
struct ColdStartView {
  let parts: InitParts
  let table: InitTable
  let source: SourceKind
  /// By the names of its parts; nil where no earlier cold start of the function is comparable.
  let before: (length: Nanoseconds, parts: [InitPartName: Nanoseconds])?
  private let names: [InitPartName]

  init(
    _ parts: InitParts, of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline,
    _ catalog: Catalog,
    order: InitTable.Order, at time: Timestamp
  ) {
    self.parts = parts
    source = track.source
    let marks = track.marks(from: parts.begin, to: min(parts.end ?? time, time))
    table = InitTable(parts, catalog, marks: marks, order: order, at: time)
    names = table.names(catalog)
    before = timeline.coldStart(before: parts.begin, of: track.function).map { earlier in
      let other = InitTable(earlier, catalog, at: earlier.end ?? time)
      let lengths = zip(other.names(catalog), other.rows).map { ($0, $1.length) }
      return (other.length, Dictionary(lengths) { $0 &+ $1 })
    }
  }

  /// What a row took in the cold start before, where it is worth a word: nil where there was none, or it is much the same.
  func lengthBefore(_ row: InitTable.Row) -> (known: Bool, length: Nanoseconds)? {
    guard let before, let place = table.rows.firstIndex(of: row) else { return nil }
    guard let length = before.parts[names[place]] else {
      if case .line = row.kind { return (false, 0) }
      return nil
    }
    let difference = abs(row.length &- length)
    return difference >= .milliseconds(1) && difference * 10 >= max(length, row.length) ? (true, length) : nil
  }

  /// Statements of the cold start before that are not there any more, the longest first.
  var gone: [(name: InitPartName, length: Nanoseconds)] {
    let known = Set(names)
    return (before?.parts ?? [:]).filter { !$0.key.file.isEmpty && !known.contains($0.key) }
      .map { ($0.key, $0.value) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
  }
}

extension EnvironmentTrack {
  /// What the function has marked in a stretch of its init.
  fileprivate func marks(from begin: Timestamp, to end: Timestamp) -> [MarkSpan] {
    let first = marks.partitionPoint { $0.start < begin }
    return (first..<max(first, markCount(upTo: end))).prefix(100).map(markSpan).filter {
      $0.phase?.isOfRuntime == true && $0.name != .functionInit
    }
  }
}

extension Timeline {
  /// How many environments are looked through for an earlier cold start.
  private static let looked = 200

  /// The latest init of a function that began before a moment and of whose code something is told.
  fileprivate func coldStart(before time: Timestamp, of function: Name) -> InitParts? {
    var found: InitParts?
    for track in tracks.suffix(Self.looked) where track.function == function && !track.code.isEmpty {
      guard let parts = track.latestInit(at: time &- 1), parts.tellsLines, parts.end != nil,
        parts.begin > found?.begin ?? .min
      else { continue }
      found = parts
    }
    return found
  }
}
