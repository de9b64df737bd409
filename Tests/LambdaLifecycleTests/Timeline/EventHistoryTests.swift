import LambdaLifecycle
import Testing

@Suite("Event history")
struct EventHistoryTests {
  private let environments: [EnvironmentID]
  private let log: EventLog

  init() {
    var log = EventLog()
    let function = log.catalog.name("f")
    environments = ["a", "b", "c"].map { log.catalog.environment(log.catalog.name($0), of: function) }
    self.log = log
  }

  /// An event marked by its request: the number identifies it.
  private func event(_ time: Int64, _ number: UInt64, in environment: EnvironmentID = .none) -> LifecycleEvent
  {
    LifecycleEvent(
      time: .seconds(time), environment: environment, request: RequestID(high: 1, low: number), kind: .thawed)
  }

  private func numbers(_ history: EventHistory, _ part: EventHistory.Part = .all, upTo time: Int64)
    -> [UInt64]
  {
    let count = history.count(of: part, upTo: history.place(at: .seconds(time)))
    return (0..<count).compactMap { history.line($0, of: part)?.entry.event.request.low }
  }

  @Test("lines are in order of time, of one time in order of arrival, whatever the order they came in")
  func order() {
    var dice = Dice(7)
    var events: [LifecycleEvent] = []
    for number in 1...3_000 as ClosedRange<UInt64> {
      let environment = dice.chance(20) ? EnvironmentID.none : environments[Int(dice.roll(3))]
      let lateness = dice.chance(10) ? dice.roll(90) : 0
      events.append(event(100 + Int64(number) / 3 - lateness, number, in: environment))
    }
    var history = EventHistory(limit: 10_000)
    var rest = events[...]
    while !rest.isEmpty {
      history.add(Array(rest.prefix(50)))
      rest = rest.dropFirst(50)
    }
    // One that came with a later batch stands behind those of its time that were there.
    let sorted = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    for time in stride(from: Int64(0), to: 1_200, by: 37) {
      let seen = sorted.filter { $0.time <= .seconds(time) }
      #expect(numbers(history, upTo: time) == seen.map(\.request.low))
      for environment in environments {
        let own = seen.filter { $0.environment == environment }.map(\.request.low)
        #expect(numbers(history, .environment(environment), upTo: time) == own)
      }
    }
  }

  @Test("the oldest go first, and a place stays that of its line")
  func bounded() {
    var history = EventHistory(limit: 100)
    var known: [Int: UInt64] = [:]
    for number in 1...1_000 as ClosedRange<UInt64> {
      history.add([event(Int64(number), number, in: environments[Int(number % 3)])])
      let place = history.place(at: .never)
      known[place] = number
      #expect(history.count(of: .all, upTo: place) <= 125)
      #expect(history.count(of: .all, upTo: place) >= min(100, Int(number)))
    }
    #expect(history.letGo >= 875)
    for index in 0..<100 {
      let line = history.line(index, of: .all)
      #expect(line.map { known[$0.place] == $0.entry.event.request.low } ?? false)
    }
    let own = numbers(history, .environment(environments[1]), upTo: 1_000)
    #expect(own == (1...1_000).filter { $0 % 3 == 1 }.suffix(own.count) && own.count >= 33)
    #expect(history.count(of: .all, upTo: history.letGo - 1) == 0)
    #expect(history.line(-1, of: .all) == nil && history.line(200, of: .all) == nil)
  }

  @Test("what a fork makes void is gone; a line without a time stands where it came")
  func fork() {
    var history = EventHistory(limit: 100)
    history.add([event(1, 1), event(2, 2, in: environments[0]), event(3, 3, in: environments[0])])
    history.add([
      LifecycleEvent(time: .seconds(2), kind: .forked(at: .seconds(2))), event(4, 4, in: environments[0]),
      event(0, 5),
    ])
    #expect(numbers(history, upTo: 9) == [1, 2, 0, 4, 5])
    #expect(numbers(history, .environment(environments[0]), upTo: 9) == [2, 4])
    var none = EventHistory(limit: 0)
    none.add([event(1, 1)])
    #expect(none.count(of: .all, upTo: none.place(at: .never)) == 0)
  }
}
