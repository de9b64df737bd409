import EventSources
import LambdaLifecycle
import SwimlaneUI

// What a screen leaves to the program, done to files, lessons or the emulator.

extension Program {
  func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .tell(let text): say(text)
    case .save(let name): save(to: name)
    case .addMarker(let name): addMarker(named: name)
    case .startLesson(let lesson): start(lesson: lesson)
    case .lessonOver: leaveLesson()
    default: emulate(effect)
    }
  }

  /// The last step has been left: the next lesson begins, or the menu opens.
  private func leaveLesson() {
    guard let lesson = demonstration?.lesson, lesson + 1 < LessonLibrary.items.count else {
      return screen.viewer.openMenu()
    }
    start(lesson: lesson + 1)
  }

  /// The same keys drive an emulator; one that a source cannot obey says so.
  private func emulate(_ effect: Effect) {
    guard let inputs else { return }
    let source = selectedSource
    var reach = inputs.reach(source)
    switch effect {
    case .request, .burst:
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
      let count = effect == .burst ? 5 : 1
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
    case .shutDown, .shutDownAll:
      guard reach.hasChild else { return say("lanes did not start this emulator, so it cannot end it") }
      guard reach.canEnd else { return say("the emulator has already ended") }
      if case .shutDown = effect { inputs.terminate(source) } else { inputs.terminate(nil) }
      say("SIGTERM sent to the emulator")
    case .shorterIdleTimeout, .longerIdleTimeout:
      say("an emulator keeps its environment until it ends: it has no idle timeout")
    case .crash: say("lanes cannot crash an emulator's runtime; x ends the emulator")
    default:
      say("an emulator's settings are its own; lanes demo has a simulation whose settings can be turned")
    }
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
