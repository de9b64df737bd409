import EventSources
import LambdaLifecycle
import SwimlaneUI

// What a screen leaves to the program, done to files, lessons or the emulator.

extension Program {
  /// Does what a key asks of the program.
  func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .tell(let text): say(text)
    case .save(let name): save(to: name)
    case .addMarker(let name): addMarker(named: name)
    case .startLesson(let lesson): start(lesson: lesson)
    case .lessonOver: leaveLesson()
    case .request: sendRequests(1)
    case .burst: sendRequests(5)
    case .shutDown: end(selectedSource)
    case .shutDownAll: end(nil)
    // Nothing that is watched obeys these yet.
    case .nextRequestKind, .lessTraffic, .moreTraffic, .shorterIdleTimeout, .longerIdleTimeout, .turn, .crash:
      break
    // The screen has done these.
    case .pause, .stepForward, .stepBack, .seek, .start, .end, .follow, .slower, .faster, .goOn, .goBack,
      .predict, .jump, .reverse, .loop, .nothing, .unknownKey:
      break
    }
  }

  /// The last step has been left: the next lesson begins, or the menu opens.
  private func leaveLesson() {
    guard let lesson = demonstration?.lesson, lesson + 1 < LessonLibrary.items.count else {
      return screen.viewer.openMenu()
    }
    start(lesson: lesson + 1)
  }

  /// Sends requests to an emulator, or says why it cannot be.
  private func sendRequests(_ count: Int) {
    guard let inputs else { return }
    let source = selectedSource
    var reach = inputs.reach(source)
    if !reach.hasAddress {
      inputs.lookForAddresses()
      reach = inputs.reach(source)
    }
    guard reach.hasAddress else {
      return say(
        reach.hint.isEmpty
          ? "lanes knows no address to send a request to; --invoke URL names one" : reach.hint)
    }
    guard reach.canTakeRequests else { return say("the emulator has ended: it takes no requests") }
    do {
      let payload = try event?.read() ?? []
      for _ in 0..<count { inputs.sendRequest(payload, to: source) }
    } catch { return say("\(error)") }
    say(
      count == 1
        ? "request sent"
        : reach.isOneAtATime
          ? "\(count) requests, one after another: RIE takes one at a time"
          : "\(count) requests at once")
  }

  /// Ends the emulator of a source, or all for nil, or says why it cannot be.
  private func end(_ source: SourceID?) {
    guard let inputs else { return }
    let reach = inputs.reach(selectedSource)
    guard reach.hasChild else { return say("lanes did not start this emulator, so it cannot end it") }
    guard reach.canEnd else { return say("the emulator has already ended") }
    inputs.terminate(source)
    say("SIGTERM sent to the emulator")
  }
}

extension Program {
  /// Of several emulators, the one that the selected environment belongs to.
  var selectedSource: SourceID? {
    screen.viewer.selected.map { screen.session.log.catalog.source(of: $0) }
  }

  /// When it is to be looked next for where an emulator listens, by our clock; `.never` where all is known.
  var nextLook: Timestamp {
    guard let look = inputs?.nextLook, look != .never else { return .never }
    let now = currentTime()
    return monotonicTime() &+ (max(look, now) &- now)
  }
}
