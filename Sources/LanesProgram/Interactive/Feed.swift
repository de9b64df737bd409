internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

/// All that comes from outside: inputs and what is to be said of them, the emulators that keys reach, and of a recording where it is
/// to be looked at first and what is worth a look.
struct Feed {
  /// The inputs themselves, which go on by themselves.
  let inputs: Inputs
  /// What keys do to emulators among them.
  let emulators: EmulatorKeys
  /// Until what is asked for has been read.
  private var opening: Opening?
  private var findings = KnownFindings()
  private var news = InputNews()

  /// - Parameters:
  ///   - event: what requests send.
  ///   - opening: where a recording is looked at first.
  init(_ inputs: Inputs, event: EventFile?, opening: Opening?) {
    self.inputs = inputs
    emulators = EmulatorKeys(inputs: inputs, event: event)
    self.opening = opening
  }

  /// Nothing is to be seen, now or later.
  var isRefused: Bool { inputs.isOver && inputs.refusal != nil }

  /// What has not been said of the inputs yet, and for how long it is to be read.
  mutating func takeNews() -> [(text: String, length: Nanoseconds)] { news.take(from: inputs) }

  /// Goes to where a recording is to be looked at first, as soon as so much of it has been read.
  /// - Returns: whether the moment looked at is another now.
  mutating func open(_ session: inout Session) -> Bool {
    guard let wish = opening, let isElsewhere = wish.open(&session, hasEnded: inputs.hasEnded) else {
      return false
    }
    opening = nil
    return isElsewhere
  }

  // MARK: Findings

  /// There is something new to be found in a recording that is still read; nil where there is not.
  /// - Returns: when it is to be looked for.
  func nextSearch(in session: borrowing Session) -> Timestamp? {
    !inputs.hasEnded && findings.areStale(in: session) ? findings.next : nil
  }

  /// Looks for what is worth a look: when all has been read, and while more comes not so often that it would be felt.
  mutating func search(_ session: borrowing Session, _ clock: ProgramClock) {
    guard findings.areStale(in: session) else { return }
    // A recording goes on, and all there is of it has been read.
    let isGrowing = inputs.readShare ?? 1 >= 1
    if !inputs.hasEnded, clock.steady() < findings.next || !isGrowing { return }
    findings.update(from: session.timeline, clock)
  }

  // MARK: What is shown

  /// Tells a screen what it shows beside its session.
  /// - Parameters:
  ///   - source: the one whose emulator keys reach.
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
  /// What the last marker says, if it has one.
  fileprivate var lastMarker: String? {
    guard let marker = timeline.markers.last, case .named(let name) = marker.kind else { return nil }
    return log.catalog.text(name)
  }
}
