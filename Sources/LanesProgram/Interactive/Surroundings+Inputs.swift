internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

extension Surroundings {
  /// Takes up what inputs tell beside their events.
  /// - Parameters:
  ///   - source: the one whose emulator keys reach.
  ///   - areFindingsKnown: what is worth a look in a recording has been looked for.
  ///   - now: the moment, by the wall clock.
  mutating func tell(
    of inputs: Inputs, in session: borrowing Session, selected source: SourceID?, areFindingsKnown: Bool,
    at now: Timestamp
  ) {
    if session.lead.hasEnd, !inputs.hasEnded, !areFindingsKnown {
      isReading = true
      readPercent = inputs.readShare.map { Int(min(1, $0) * 100) }
    }
    let reach = inputs.reach(source)
    canRequest = reach.canTakeRequests
    canEnd = reach.canEnd
    self.inputs = inputs.statuses(at: now)
    let waited = WaitingText(
      inputs: inputs, isLive: session.lead.followsClock, lastMarker: session.lastMarker, statuses: self.inputs
    )
    waiting = waited.lines
  }
}

extension Session {
  /// What the last marker says, if it has one.
  fileprivate var lastMarker: String? {
    guard let marker = timeline.markers.last, case .named(let name) = marker.kind else { return nil }
    return log.catalog.text(name)
  }
}
