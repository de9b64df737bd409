internal import LambdaLifecycle

extension Session {
  /// The events of a moment, in a few words each, the first three of many.
  func happenings(at time: Timestamp, origin: Timestamp) -> [String] {
    let words = EventWords(log.catalog, log.text, origin: origin)
    var told: [String] = []
    var known: Set<String> = []
    // Events that a step has let happen have not been folded yet.
    let events =
      log.events.isEmpty
      ? eventsKept(at: time) : log.events.filter { $0.time == time }.suffix(Self.happeningLimit)
    for event in events {
      guard let text = words.words(event) else { continue }
      let name = log.catalog.text(event.environment)
      let line = name.isEmpty ? text : "\(name): \(text)"
      if known.insert(line).inserted { told.append(line) }
    }
    return told.count > 3
      ? told.prefix(3) + [events.count < Self.happeningLimit ? "and \(told.count - 3) more" : "and many more"]
      : told
  }

  /// Of more events of one moment the last ones are named.
  private static let happeningLimit = 64

  private func eventsKept(at time: Timestamp) -> [LifecycleEvent] {
    var place = history.count(of: .all, upTo: history.place(at: time)) - 1
    var events: [LifecycleEvent] = []
    while place >= 0, events.count < Self.happeningLimit, let line = history.line(place, of: .all),
      line.entry.time == time
    {
      events.append(line.entry.event)
      place -= 1
    }
    return events.reversed()
  }
}
