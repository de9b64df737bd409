/// The idle environment that gets a request. Lambda does not document its choice.
package enum IdleChoice: String, CaseIterable, Sendable {
  case newest
  case mostRecentlyUsed = "most-recently-used"
  case oldest
}

/// The idle environments of a function, in the order in which they are taken: the last one first.
struct IdleList: Sendable {
  private var entries: [(slot: UInt32, birth: UInt32)] = []
  private let choice: IdleChoice

  init(_ choice: IdleChoice) { self.choice = choice }

  var isEmpty: Bool { entries.isEmpty }

  @inline(__always)
  mutating func take() -> Int? { entries.popLast().map { Int($0.slot) } }

  mutating func insert(_ slot: Int, birth: UInt32) {
    var place = entries.count
    switch choice {
    case .newest: while place > 0, entries[place - 1].birth > birth { place -= 1 }
    case .oldest: while place > 0, entries[place - 1].birth < birth { place -= 1 }
    case .mostRecentlyUsed: break
    }
    // Nearly always the last.
    if place == entries.count { return entries.append((UInt32(slot), birth)) }
    entries.insert((UInt32(slot), birth), at: place)
  }

  /// - Returns: false if it is not there.
  mutating func remove(_ slot: Int) -> Bool {
    guard let place = entries.lastIndex(where: { $0.slot == slot }) else { return false }
    entries.remove(at: place)
    return true
  }
}
