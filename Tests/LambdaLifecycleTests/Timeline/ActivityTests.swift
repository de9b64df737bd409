@testable import LambdaLifecycle
import Testing

@Suite("Quiet stretches")
struct ActivityTests {
  private typealias Stretch = (begin: Timestamp, end: Timestamp)

  /// Stretches from short to long, with quiet between them from microseconds to hours.
  private static func stretches(_ dice: inout Dice, _ count: Int) -> [Stretch] {
    var time = 1_700_000_000_000_000_000 as Timestamp
    return (0..<count).map { _ in
      let longest: Int64 = dice.chance(5) ? 3_600_000_000_000 : dice.chance(50) ? 2_000_000_000 : 200_000_000
      time += dice.roll(longest)
      let begin = time
      time += dice.roll(dice.chance(10) ? 5_000_000_000 : 50_000_000)
      return (begin, dice.chance(20) ? begin : time)
    }
  }

  /// The quiet stretches between, by a walk over all.
  private static func gaps(_ stretches: [Stretch]) -> [Range<Timestamp>] {
    var gaps: [Range<Timestamp>] = []
    var latest: Timestamp?
    for stretch in stretches.sorted(by: { $0.begin < $1.begin }) {
      if let latest, stretch.begin - latest >= Activity.leastQuiet { gaps.append(latest..<stretch.begin) }
      latest = max(latest ?? .min, stretch.end)
    }
    return gaps
  }

  private static func found(_ activity: Activity, longerThan length: Nanoseconds, until end: Timestamp)
    -> (forward: [Range<Timestamp>], backward: [Range<Timestamp>])
  {
    var forward: [Range<Timestamp>] = []
    var time = Timestamp.min
    while let next = activity.quiet(longerThan: length, endingAfter: time, until: end) {
      forward.append(next)
      time = next.upperBound
    }
    var backward: [Range<Timestamp>] = []
    time = .never
    while let last = activity.quiet(longerThan: length, beginningBefore: time, until: end) {
      backward.insert(last, at: 0)
      time = last.lowerBound
    }
    return (forward, backward)
  }

  private static func check(_ stretches: [Stretch], _ activity: Activity) {
    let gaps = gaps(stretches)
    let last = stretches.map(\.end).max() ?? 0
    for length in [0, 250, 400, 1_000, 1_700, 60_000, 3_000_000] as [Int64] {
      let length = Nanoseconds.milliseconds(length)
      let expected = gaps.filter { $0.upperBound - $0.lowerBound > length }
      let found = found(activity, longerThan: length, until: last)
      #expect(found.forward == expected)
      #expect(found.backward == expected)
    }
  }

  @Test(
    "those longer than a length are what a walk over everything finds, from both sides",
    arguments: 1...4 as ClosedRange<UInt64>)
  func inOrder(seed: UInt64) {
    var dice = Dice(seed)
    // Enough for blocks of blocks.
    let stretches = Self.stretches(&dice, 10_000)
    var activity = Activity()
    for stretch in stretches { activity.add(stretch.begin, stretch.end) }
    activity.settle()
    Self.check(stretches, activity)
  }

  @Test("what comes late, at any place, leaves the same", arguments: 1...6 as ClosedRange<UInt64>)
  func late(seed: UInt64) {
    var dice = Dice(seed)
    var stretches = Self.stretches(&dice, 700)
    let ordered = stretches
    // Neighbours out of order, a part from the other end, or everything backwards.
    for _ in 0..<(seed < 5 ? 60 : 0) {
      let place = Int(dice.roll(Int64(stretches.count - 20)))
      stretches.swapAt(place, place + Int(dice.roll(20)))
    }
    if seed == 5 { stretches.reverse() }
    if seed == 6 { stretches = Array(stretches[350...] + stretches[..<350]) }
    var activity = Activity()
    for (count, stretch) in stretches.enumerated() {
      activity.add(stretch.begin, stretch.end)
      if count % 90 == 0 {
        activity.settle()
        Self.check(Array(stretches[...count]), activity)
      }
    }
    activity.settle()
    Self.check(ordered, activity)
  }

  @Test(
    "made void after a moment, it is as if nothing later had come", arguments: 1...4 as ClosedRange<UInt64>)
  func void(seed: UInt64) {
    var dice = Dice(seed)
    let stretches = Self.stretches(&dice, 300)
    for _ in 0..<20 {
      let last = stretches[Int(dice.roll(300))]
      let cut = last.begin + (last.end - last.begin) / 2
      var activity = Activity()
      for stretch in stretches { activity.add(stretch.begin, stretch.end) }
      activity.removeAll(after: cut)
      let left = stretches.filter { $0.begin <= cut }.map { ($0.begin, min($0.end, cut)) }
      guard !left.isEmpty else { continue }
      Self.check(left, activity)
      // And it goes on from there.
      activity.add(cut + .seconds(10), cut + .seconds(11))
      Self.check(left + [(cut + .seconds(10), cut + .seconds(11))], activity)
    }
  }

  @Test("what is before a moment is let go, what is after it stays", arguments: 1...4 as ClosedRange<UInt64>)
  func letGo(seed: UInt64) {
    var dice = Dice(seed)
    let stretches = Self.stretches(&dice, 400)
    var activity = Activity()
    for stretch in stretches { activity.add(stretch.begin, stretch.end) }
    for place in [0, 50, 51, 399] {
      let cut = stretches[place].begin
      activity.letGo(before: cut)
      let expected = Self.gaps(stretches).filter { $0.upperBound > cut }
      let found = Self.found(activity, longerThan: 0, until: stretches[399].end)
      #expect(found.forward == expected && found.backward == expected)
    }
  }

  @Test("a stretch that goes on ends where it is looked at; one that lies behind is not seen")
  func end() {
    var activity = Activity()
    activity.add(0, .seconds(1))
    activity.add(.seconds(5), .seconds(6))
    func next(_ end: Int64) -> Range<Timestamp>? {
      activity.quiet(longerThan: .seconds(2), endingAfter: 0, until: .seconds(end))
    }
    #expect(next(2) == nil)
    #expect(next(4) == .seconds(1)..<Nanoseconds.seconds(4))
    #expect(next(9) == .seconds(1)..<Nanoseconds.seconds(5))
    let last = activity.quiet(longerThan: .seconds(2), beginningBefore: .seconds(9), until: .seconds(9))
    #expect(last == .seconds(6)..<Nanoseconds.seconds(9))
    #expect(Activity().quiet(longerThan: 0, endingAfter: 0, until: .never) == nil)
  }

  @Test("frozen is quiet; what is under way in any environment is not, and while it is open nothing later is")
  func timeline() {
    var log = HandLog()
    log.span(.invoke, 0, 1, in: "a")
    log.span(.frozen, 1, 100, in: "a")
    log.span(.invoke, 100, 101, in: "a")
    var timeline = log.timeline()
    func quiet(_ timeline: Timeline) -> Range<Timestamp>? {
      timeline.activity.quiet(
        longerThan: .seconds(10), endingAfter: 0, until: timeline.quietEnd(upTo: .seconds(500)))
    }
    // The end of frozen is an event, and so is the invocation that begins with it.
    #expect(quiet(timeline) == .seconds(1)..<Nanoseconds.seconds(100))
    log.span(.functionInit, 40, 70, in: "b")
    timeline = log.timeline()
    #expect(quiet(timeline) == .seconds(1)..<Nanoseconds.seconds(40))
    log.add(20, .phaseBegan(.invoke), in: "c")
    timeline = log.timeline()
    #expect(timeline.quietEnd(upTo: .seconds(500)) == .seconds(20))
    #expect(quiet(timeline) == .seconds(1)..<Nanoseconds.seconds(20))
  }
}
