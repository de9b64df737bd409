internal import LambdaLifecycle

/// The content of a pane on the selected environment's latest init: its table, and that of the cold start
/// before.
struct ColdStartView {
  let parts: InitParts
  let environment: EnvironmentID
  let table: InitTable
  let source: SourceKind
  /// By the names of its parts; nil where no earlier cold start of the function is comparable.
  let before: (length: Nanoseconds, parts: [InitPartName: Nanoseconds])?

  /// The environment has been initialized before.
  let isAgain: Bool

  init(
    _ parts: InitParts, of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline,
    _ catalog: Catalog, order: InitTable.Order, at time: Timestamp
  ) {
    self.parts = parts
    environment = track.id
    source = track.source
    isAgain = track.latestInit(at: parts.begin &- 1) != nil
    table = InitTable(parts, catalog, marks: track.marks(of: parts, at: time), order: order, at: time)
      .largestFirst(parts)
    before = timeline.coldStart(before: parts.begin, of: track.function).map { earlier in
      let other = InitTable(earlier, catalog, at: earlier.end ?? time)
      let lengths = zip(other.names, other.rows).map { ($0, $1.length) }
      return (other.length, Dictionary(lengths) { $0 &+ $1 })
    }
  }

  /// The time of a row in the cold start before, where it is worth a word: nil where there was none, or it is
  /// much the same.
  func lengthBefore(_ row: InitTable.Row) -> (known: Bool, length: Nanoseconds)? {
    guard let before, let place = table.rows.firstIndex(of: row) else { return nil }
    guard let length = before.parts[table.names[place]] else {
      return row.line == nil ? nil : (false, 0)
    }
    let difference = abs(row.length &- length)
    return difference >= .milliseconds(1) && difference >= max(length, row.length) / 10 ? (true, length) : nil
  }

  /// The line that its function printed and that says why the init failed; nil where there is none.
  func line(_ stage: Stage) -> TellingLine? {
    RequestCause(parts, of: environment, at: stage.time).line(PrintedLines(stage.history, stage.texts))
  }

  /// Statements of the cold start before that are not there any more, the longest first.
  /// - Parameter files: the function's own modules, where they are at hand: a part still in them was too
  /// short to report.
  func gone(_ files: [String: [String]]) -> [(name: InitPartName, length: Nanoseconds)] {
    let known = Set(table.names)
    return (before?.parts ?? [:]).filter { name, length in
      guard !name.file.isEmpty, !known.contains(name), length >= .milliseconds(2),
        name.text != InitPartName.beforeStatements
      else { return false }
      return !(files[name.file] ?? []).contains {
        let text = String($0.drop { $0 == " " || $0 == "\t" })
        return StatementText.withoutLiterals(text, of: name.file, keepsShortNumbers: false) == name.text
      }
    }.map { ($0.key, $0.value) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
  }
}

extension Timeline {
  /// How many environments are looked through for an earlier cold start.
  private static let looked = 200

  /// The latest init of a function that began before a moment and of whose code something is known.
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
