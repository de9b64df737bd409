import LambdaLifecycle
import SwimlaneUI

// What the viewer asks for, done to the session or to the emulator.

extension Program {
  func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .pause: session.togglePause()
    case .stepForward: session.stepForward()
    case .stepBack: session.stepBack()
    case .seek(let time): session.seek(to: time)
    case .start: session.seek(to: session.timeline.isEmpty ? session.newest : session.timeline.first)
    case .end, .follow: session.follow()
    case .slower, .faster: changeSpeed(effect == .faster)
    case .goOn: if !session.goOn() { leaveLesson() }
    case .goBack: session.goBack()
    case .predict(let choice): if !session.predict(choice) { pointToHelp() }
    case .startLesson(let lesson): start(lesson: lesson)
    case .unknownKey: pointToHelp()
    case .save(let name): save(to: name)
    default:
      guard session.isSimulation else { return emulate(effect) }
      if let text = session.obey(effect) { say(text) }
    }
    fold()
  }

  /// A key that means nothing is answered, once.
  private func pointToHelp() {
    if !hasPointedToHelp { say("? for help") }
    hasPointedToHelp = true
  }

  func changeSpeed(_ faster: Bool) {
    if session.isLive, session.playhead.isFollowing {
      return say("this stream is live: its speed is its own; pause it to look back")
    }
    if faster { session.faster() } else { session.slower() }
  }

  /// The last step has been left: the next lesson begins, or the menu opens.
  private func leaveLesson() {
    guard let lesson = demonstration?.lesson, lesson + 1 < LessonLibrary.items.count else {
      return viewer.openMenu()
    }
    start(lesson: lesson + 1)
  }

  /// The same keys drive an emulator; one that a source cannot obey says so.
  func emulate(_ effect: Effect) {
    guard session.isLive, let input else {
      return say("a recording cannot be changed; lanes demo has a simulation, lanes watch an emulator")
    }
    switch effect {
    case .request, .burst:
      guard input.acceptsRequests else {
        return say("lanes knows no address to send a request to; --invoke URL names one")
      }
      if input.hasChild, !input.isChildRunning { return say("the emulator has ended: it takes no requests") }
      let count = effect == .burst ? 5 : 1
      for _ in 0..<count { input.sendRequest() }
      say(count == 1 ? "request sent" : "\(count) requests, one after another: RIE takes one at a time")
    case .shutDown, .shutDownAll:
      guard input.hasChild else { return say("lanes did not start this emulator, so it cannot end it") }
      guard input.isChildRunning else { return say("the emulator has already ended") }
      input.terminateChild()
      say("SIGTERM sent to the emulator")
    case .shorterIdleTimeout, .longerIdleTimeout:
      say("an emulator keeps its environment until it ends: it has no idle timeout")
    case .crash: say("lanes cannot crash an emulator's runtime; x ends the emulator")
    default:
      say("an emulator's settings are its own; lanes demo has a simulation whose settings can be turned")
    }
  }
}
