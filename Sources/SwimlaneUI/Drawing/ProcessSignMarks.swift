internal import LambdaLifecycle

extension GlyphSet {
  /// One cell for what Lambda and a process say to each other.
  func sign(_ kind: ProcessSign.Kind) -> Unicode.Scalar {
    switch kind {
    case .registered: isASCII ? "+" : "├"
    case .ready: isASCII ? "y" : "✓"
    case .terminate: isASCII ? "T" : "↓"
    case .shutdown: isASCII ? "S" : "⇓"
    case .kill: isASCII ? "K" : "†"
    }
  }
}

extension ProcessSign.Kind {
  /// The word beside its sign.
  var word: String {
    switch self {
    case .registered: "registered"
    case .ready: "Ready"
    case .terminate: "SIGTERM"
    case .shutdown: "SHUTDOWN"
    case .kill: "SIGKILL"
    }
  }

  /// For the legend.
  var meaning: String {
    switch self {
    case .registered: "an extension registered"
    case .ready: "Ready: asks for an event"
    case .terminate: "SIGTERM to the runtime"
    case .shutdown: "SHUTDOWN to extensions"
    case .kill: "SIGKILL: out of time"
    }
  }

  var role: Role { self == .kill ? .bad : .strong }
}

extension BarPainter {
  /// The messages between the processes of an environment and Lambda, as far as they belong into a lane.
  func signs(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, _ viewport: Viewport,
    limit: Timestamp
  ) -> [ProcessSign] {
    let (begin, end) = (viewport.left, min(limit, viewport.right &- 1))
    guard begin <= end else { return [] }
    let signs: [ProcessSign]
    switch lane {
    // Several extensions have rows of their own: here a sign would not say of which it is.
    case .extensionInit: signs = track.namedExtensions(at: end).count < 2 ? track.initSigns(until: end) : []
    case .shutdown: signs = track.shutdownSigns(from: begin, until: end)
    case .ofExtension(let name):
      signs =
        track.initSigns(of: name, until: end) + track.killSigns(of: name, from: begin, until: end)
        + track.shutdowns(of: name, from: begin, until: end).map { ProcessSign(.shutdown, at: $0.start) }
    default: return []
    }
    return signs.filter { $0.time >= begin && $0.time <= end }
  }

  /// Draws signs over a lane's bars, and beside each its word where that hides nothing.
  /// - Parameter bars: the row without the texts that stand in it already.
  func paint(
    _ signs: [ProcessSign], over bars: [Cell], into frame: inout Frame, row: Int,
    column first: Int, _ viewport: Viewport
  ) {
    // Of several in a cell the one that ends more is seen.
    var kinds: [Int: ProcessSign.Kind] = [:]
    for sign in signs {
      let column = viewport.column(of: sign.time)
      if sign.kind.rawValue >= kinds[column]?.rawValue ?? 0 { kinds[column] = sign.kind }
    }
    var isFree = bars.indices.map { frame[first + $0, row] == bars[$0] }
    for (column, kind) in kinds {
      let ground = solid(bars[column]).flatMap { kind == .kill ? nil : $0 }
      let style = ground.map { Style(.ink, on: $0, .bold) } ?? Style(kind.role, on: .screen, .bold)
      frame[first + column, row] = Cell(glyphs.sign(kind), style)
      isFree[column] = false
    }
    for (column, kind) in kinds.sorted(by: { $0.key < $1.key }) {
      let text = " \(kind.word) "
      let width = text.columnCount
      let places = [column + 1..<column + 1 + width, column - width..<column].filter { place in
        place.lowerBound >= 0 && place.upperBound <= bars.count && place.allSatisfy { isFree[$0] }
      }
      // Beside all bars, else in one of which enough stays to be seen.
      let place =
        places.first { $0.allSatisfy { bars[$0] == .blank } }
        ?? places.first { $0.count * 2 <= run(of: bars, around: $0) }
      guard let place else { continue }
      let style = solid(bars[place.lowerBound]).map { Style(.ink, on: $0) } ?? Style(.strong)
      frame.write(text, column: first + place.lowerBound, row: row, style: style)
      for column in place { isFree[column] = false }
    }
  }

  /// The colour of a cell that is all of it, on which text is ink.
  private func solid(_ cell: Cell) -> Role? {
    guard hasColor else { return nil }
    if glyphs.isASCII { return cell.style.foreground == .ink ? cell.style.background : nil }
    return cell.glyph == glyphs.full.value ? cell.style.foreground : nil
  }

  /// The number of cells of the bar in which a place lies; none where it lies in several.
  private func run(of bars: [Cell], around place: Range<Int>) -> Int {
    let glyph = bars[place.lowerBound].glyph
    guard place.allSatisfy({ bars[$0].glyph == glyph }) else { return 0 }
    let before = bars[..<place.lowerBound].reversed().prefix { $0.glyph == glyph }.count
    return before + place.count + bars[place.upperBound...].prefix { $0.glyph == glyph }.count
  }

  /// Draws what is known of one extension: up to its registration, then hatched while it still initialises,
  /// and its part of a shutdown.
  func paintExtension(
    _ name: Name, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    var (registering, working, ending) = (Lane(), Lane(), Lane())
    for (row, registered) in track.inits(of: name, until: limit) {
      registering.starts.insert(row.start)
      let turn = registered ?? row.end
      if turn != .never { registering.ends.insert(turn) }
      guard let registered, row.end > registered else { continue }
      working.starts.insert(registered)
      if row.end != .never { working.ends.insert(row.end) }
    }
    for (start, end) in track.shutdowns(of: name, from: viewport.left, until: limit) {
      ending.starts.insert(start)
      if let end { ending.ends.insert(end) }
    }
    registering.settle()
    working.settle()
    ending.settle()
    let hatched = extensionsWork(.extensionInit)
    paint(
      working, .extensionInit, style: hatched, into: &frame, row: row, column: column, viewport, limit: limit)
    paint(registering, .extensionInit, into: &frame, row: row, column: column, viewport, limit: limit)
    paint(ending, .extensionShutdown, into: &frame, row: row, column: column, viewport, limit: limit)
    var failures = Edges()
    for entry in track.extensionStates where entry.name == name && entry.state.isFailure {
      failures.insert(entry.time)
    }
    failures.settle()
    mark(failures, into: &frame, row: row, column: column, viewport, limit: limit)
  }
}
