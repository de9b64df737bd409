package import LambdaLifecycle
internal import SwimlaneUI

/// One readable line for each event, without escape sequences: for pipes, CI and screen readers.
package struct PlainText {
  /// Times are written from this moment on.
  package var origin: Timestamp

  package init(origin: Timestamp) { self.origin = origin }

  /// The line for an event, without a newline; nil for one that says nothing to a reader.
  package func line(_ event: LifecycleEvent, _ log: EventLog) -> String? {
    guard let what = EventWords(log.catalog, log.text, origin: origin, areForOthers: true).words(event) else {
      return nil
    }
    let environment = log.catalog.text(event.environment)
    let who = environment.isEmpty ? log.catalog.text(event.function) : environment
    return line(event.time, who: who, what, log.catalog.text(event.request))
  }

  /// A line for something that happened, whose time is 0 where it has none.
  package func line(_ time: Timestamp, who: String, _ what: String, _ request: String) -> String {
    // A line that cannot be understood may have no time at all.
    var line = time == 0 ? "-" : decimal(time &- origin, unit: 1_000_000_000, places: 3)
    while line.utf8.count < 9 { line = " " + line }
    line += "  \(who.isEmpty ? "-" : who)  \(what)"
    if !request.isEmpty { line += "  \(request)" }
    return line.printable
  }
}
