import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("Seeking")
struct SeekTests {
  /// The rows of the environments. Header and axis differ: one moment is the newest, the other is not.
  private func lanes(_ session: Session) -> [Substring] {
    // A viewer of its own, so that the picture stands at the same place.
    var show = Show(session)
    let text = show.frame(160, 60).text
    return Array(text.split(separator: "\n", omittingEmptySubsequences: false)[3..<50])
  }

  @Test("a moment of a simulation looks the same while it is the newest and when it is come back to")
  func simulated() {
    var show = Show(.playground)
    var seen: [(moment: Int64, lanes: [Substring])] = []
    let commands: [Int64: RequestKind] = [
      0: .normal, 1_870: .normal, 2_550: .crash, 4_080: .hang, 4_250: .normal, 9_010: .handlerError,
    ]
    for moment in stride(from: Int64(0), to: 26_000, by: 170) {
      show.go(to: moment)
      if let kind = commands[moment] { show.perform(.request(kind)) }
      seen.append((moment, lanes(show.session)))
    }
    for (moment, lanes) in seen {
      var session = show.session
      session.seek(to: Show.start + .milliseconds(moment))
      #expect(self.lanes(session) == lanes, "at \(moment) ms")
    }
  }

  @Test("a moment of a stream looks the same before the rest has come and after it")
  func streamed() {
    var whole = EmulatorStream(live: true)
    whole.life()
    let events = whole.session.log.events
    var folded = Show(whole.session).session
    folded.tick(elapsed: 0, clock: Show.start + .seconds(20))
    for moment in stride(from: Int64(50), to: 12_000, by: 100) {
      let time = Show.start + .milliseconds(moment)
      var part = whole.session
      part.log.events = events.filter { $0.time <= time }
      _ = part.fold(clock: part.log.events.last?.time)
      part.tick(elapsed: 0, clock: time)
      folded.seek(to: time)
      #expect(lanes(folded) == lanes(part), "at \(moment) ms")
    }
  }
}
