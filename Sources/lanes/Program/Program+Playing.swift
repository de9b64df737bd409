import EventSources
import LambdaLifecycle
import SwimlaneUI

/// What is worth a look in a recording, found again when more of it has been read.
struct KnownFindings {
  var list: [Finding] = []
  /// Events and lines of which they were found; -1 before the first time.
  var received = -1
  /// Before this they are not looked for again.
  var next = Timestamp.min
}

/// Where a recording is to be looked at first, if not as a whole.
struct Opening {
  /// nil for the beginning.
  var moment: Moment?
  var isPlaying: Bool
}

// What is done while a recording is played.

extension Program {
  /// Goes to where the recording is to be looked at first, as soon as so much of it has been read.
  func openWhereAsked() {
    guard let wish = opening, !screen.session.timeline.isEmpty else { return }
    let first = screen.session.timeline.first
    let moment = wish.moment?.timestamp(from: first) ?? first
    guard inputs?.hasEnded != false || moment < screen.session.timeline.last else { return }
    opening = nil
    guard wish.moment != nil || wish.isPlaying else { return }
    screen.session.seek(to: moment)
    if wish.isPlaying { screen.session.togglePause() }
    lastTick = monotonicTime()
    pacing.want()
  }

  /// The recording goes on, and all there is of it has been read.
  private var isGrowing: Bool { inputs?.readShare ?? 1 >= 1 }

  /// The findings are not those of all that has been read.
  var findingsAreStale: Bool {
    screen.session.lead.hasEnd && !screen.session.timeline.isEmpty
      && findings.received != screen.session.timeline.receivedCount
  }

  /// Looks for what is worth a look: when all has been read, and while more comes not so often that it would be felt.
  func updateFindings() {
    let begin = monotonicTime()
    guard findingsAreStale else { return }
    if inputs?.hasEnded == false, begin < findings.next || !isGrowing { return }
    findings.received = screen.session.timeline.receivedCount
    findings.list = screen.session.timeline.findings()
    let cost = monotonicTime() &- begin
    findings.next = begin &+ max(.seconds(1), 20 * cost)
  }

  /// Names the moment looked at, here and in a file beside the recording.
  func addMarker(named text: String) {
    let event = LifecycleEvent(
      time: screen.session.playhead.time, kind: .marker(screen.session.log.catalog.name(text)))
    screen.session.log.append(event)
    guard let markers else { return say("marker: \(text); standard input has no file to keep it beside") }
    let failure = markers.add(event, from: screen.session.log)
    say(failure.isEmpty ? "marker: \(text), kept in \(markers.path)" : failure)
  }
}
