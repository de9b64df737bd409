internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

/// All that comes from outside: inputs and news of them, the emulators that keys reach, and for a recording the place
/// to open it at and its findings.
struct Feed {
  /// The inputs themselves, which go on by themselves.
  let inputs: Inputs
  /// The keys that act on emulators among them.
  let emulators: EmulatorKeys
  /// Kept until the part asked for has been read.
  private var opening: Opening?
  private var findings = KnownFindings()
  private var news = InputNews()

  /// - Parameters:
  ///   - event: the payload of requests.
  ///   - opening: the place at which a recording is opened.
  init(_ inputs: Inputs, event: EventFile?, opening: Opening?) {
    self.inputs = inputs
    emulators = EmulatorKeys(inputs: inputs, event: event)
    self.opening = opening
  }

  /// Nothing is to be seen, now or later.
  var isRefused: Bool { inputs.isOver && inputs.refusal != nil }

  /// Returns the news of the inputs since the last time, each with the time to read it.
  mutating func takeNews() -> [(text: String, length: Nanoseconds)] { news.take(from: inputs) }

  /// Goes to the place at which a recording is opened, as soon as so much of it has been read.
  /// - Returns: true where the moment looked at has changed.
  mutating func open(_ session: inout Session) -> Bool {
    guard let wish = opening, let isElsewhere = wish.open(&session, hasEnded: inputs.hasEnded) else {
      return false
    }
    opening = nil
    return isElsewhere
  }

  // MARK: Findings

  /// The moment to search again for findings, while a recording is still read;
  /// nil where there is nothing new.
  func nextSearch(in session: borrowing Session) -> Timestamp? {
    !inputs.hasEnded && findings.areStale(in: session) ? findings.next : nil
  }

  /// Searches for findings: when all has been read, and while more comes not so often that it would be felt.
  mutating func search(_ session: borrowing Session, _ clock: ProgramClock) {
    guard findings.areStale(in: session) else { return }
    // A recording goes on, and all there is of it has been read.
    let isGrowing = inputs.readShare ?? 1 >= 1
    if !inputs.hasEnded, clock.steady() < findings.next || !isGrowing { return }
    findings.update(from: session.timeline, clock)
  }

  // MARK: Surroundings

  /// Fills in the surroundings of a session: all that a screen shows beside it.
  /// - Parameters:
  ///   - source: the source whose emulator keys reach.
  ///   - now: the moment, by the wall clock.
  func tell(
    _ surroundings: inout Surroundings, of session: borrowing Session, selected source: SourceID?,
    at now: Timestamp
  ) {
    surroundings.findings = findings.list
    if session.lead.hasEnd, !inputs.hasEnded, !findings.areKnown {
      surroundings.isReading = true
      surroundings.readPercent = inputs.readShare.map { Int(min(1, $0) * 100) }
    }
    let reach = inputs.reach(source)
    surroundings.canRequest = reach.canTakeRequests
    surroundings.canEnd = reach.canEnd
    surroundings.inputs = inputs.statuses(at: now)
    surroundings.waiting =
      WaitingText(
        inputs: inputs, isLive: session.lead.followsClock, lastMarker: session.lastMarker,
        statuses: surroundings.inputs
      ).lines
  }
}

extension Session {
  /// The text of the last marker, if it has one.
  fileprivate var lastMarker: String? {
    guard let marker = timeline.markers.last, case .named(let name) = marker.kind else { return nil }
    return log.catalog.text(name)
  }
}
