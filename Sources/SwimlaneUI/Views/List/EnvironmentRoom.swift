internal import LambdaLifecycle

/// The environments that are drawn with their lanes; the others are one bar each. Those that the user has
/// opened or closed stay so in any case.
enum LanesReach: Sendable {
  case all, living, selected, none
}

/// The rows that the environments of the list would take, with more or fewer of them expanded.
struct EnvironmentRoom {
  /// The facts on an environment that decide how many rows it takes.
  struct Entry {
    /// Lanes below its head where it is expanded.
    var lanes: Int
    var isGone: Bool
    var isSelected: Bool
    /// Opened or closed by the user; nil where its number decides.
    var choice: Bool?

    func isExpanded(_ reach: LanesReach) -> Bool {
      if let choice { return choice }
      switch reach {
      case .all: return true
      case .living: return !isGone || isSelected
      case .selected: return isSelected
      case .none: return false
      }
    }
  }

  private var entries: [Entry] = []
  /// Environments of more than there are rows for: one bar each.
  private var others = 0
  /// The reaches to choose from, from the most lanes to the fewest.
  private let reaches: [LanesReach]

  /// - Parameters:
  ///   - givesWay: other things need the rows of the lanes.
  ///   - collapsesAll: the user has made all environments one bar each.
  init(givesWay: Bool, collapsesAll: Bool) {
    reaches = collapsesAll ? [.none] : givesWay ? [.all, .none] : [.all, .living, .selected]
  }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// Counts environments that are one bar each.
  mutating func add(bars count: Int) { others += count }

  /// The rows of each reach, from the most to the least: between expanded ones an empty row.
  var heights: [Int] { reaches.map { rows($0) + ($0 == .all ? gaps($0) : 0) } }

  /// - Parameters:
  ///   - room: rows that there are.
  ///   - needsLanes: the list scrolls rather than closing the selected environment.
  func reach(in room: Int, needsLanes: Bool) -> LanesReach {
    let fitting = zip(reaches, heights).first { $0.1 <= room && (others == 0 || $0.0 == .selected) }
    if let fitting { return fitting.0 }
    guard reaches.contains(.selected), let lanes = entries.first(where: \.isSelected)?.lanes else {
      return .none
    }
    // Environments that the user has opened besides may be scrolled to.
    let needed = needsLanes ? 1 + lanes : others + entries.count + lanes
    return needed <= room ? .selected : .none
  }

  private func rows(_ reach: LanesReach) -> Int {
    entries.reduce(others) { $0 + 1 + ($1.isExpanded(reach) ? $1.lanes : 0) }
  }

  private func gaps(_ reach: LanesReach) -> Int { max(0, entries.count { $0.isExpanded(reach) } - 1) }
}

extension Viewer {
  /// The room that the environments would take of a screen of `rows` rows.
  func environmentRoom(
    _ listed: ListedEnvironments, _ scene: borrowing Scene, _ sides: Layout.Sides,
    rows: Int
  ) -> EnvironmentRoom {
    var room = EnvironmentRoom(givesWay: arrangement.lanesGiveWay, collapsesAll: list.opened.areAllClosed)
    let isMany = listed.tracks.count > rows
    if listed.folded > 0 { room.add(bars: 1) }
    if listed.tracks.isEmpty, filter.isEmpty {
      room.add(bars: firstHeight(scene.stage, columns: sides.side.lowerBound))
    }
    var bars = 0
    for index in listed.tracks {
      let id = scene.timeline.tracks[index].id
      let isSelected = id == selected
      guard !isMany || isSelected || list.opened.choice(of: id) == true else {
        bars += 1
        continue
      }
      room.add(
        EnvironmentRoom.Entry(
          lanes: scene.timeline.tracks[index].screenLanes.count,
          isGone: scene.timeline.tracks[index].gone <= scene.stage.time,
          isSelected: isSelected, choice: list.opened.choice(of: id)))
    }
    room.add(bars: bars)
    return room
  }

  /// An environment is drawn with its lanes.
  func isExpanded(_ environment: EnvironmentID, isGone: Bool) -> Bool {
    EnvironmentRoom.Entry(
      lanes: 0, isGone: isGone, isSelected: environment == selected,
      choice: list.opened.choice(of: environment)
    ).isExpanded(arrangement.reach)
  }
}
