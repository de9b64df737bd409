import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("A session on screen")
struct SessionScreenTests {
  @Test("where nothing can happen by itself, space changes nothing and says what does")
  func spaceAtRest() {
    var show = Show()
    #expect(show.frame(80, 24).text.contains("▮ PAUSED · i sends a request"))
    show.type(" ")
    #expect(show.said == "nothing happens here by itself: i sends a request")
    show.type("i")
    #expect(show.session.mode == .live)
    show.type(" ")
    #expect(show.frame(80, 24).text.contains("▮ PAUSED · space goes on 1×"))
    // Without room it is the word alone.
    let small = show.frame(40, 10).text
    #expect(small.contains("▮ PAUSED") && !small.contains("space goes on"))
  }

  @Test("a key that means nothing points to the help, once")
  func unknownKey() {
    var screen = Show().screen
    #expect(screen.handle("~") == [.tell("? for help")])
    #expect(screen.handle("~") == [])
    #expect(screen.handle(.resize) == [])
  }

  @Test("what the session does by itself leaves nothing to the program")
  func sessionsOwn() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 2_000)
    var screen = show.screen
    #expect(screen.handle("g") == [])
    #expect(screen.session.playhead.time == Show.start)
    #expect(screen.handle("f") == [])
    #expect(screen.session.playhead.isFollowing)
    #expect(screen.handle(" ") == [])
    #expect(screen.session.mode == .paused)
    #expect(screen.handle(">") == [])
    #expect(screen.session.speed == 2)
    #expect(screen.handle("q") == [.quit])
    #expect(screen.handle(.suspend) == [.suspend])
  }

  @Test("a stream has a speed of its own while it is followed")
  func speed() {
    var show = Show(EmulatorStream(live: true).session)
    #expect(
      show.screen.handle(">") == [
        .tell("this stream is live: its speed is its own; pause it to look back")
      ])
  }

  @Test("under the menu no time passes, and nothing moves")
  func menu() {
    var show = Show()
    show.perform(.request(.normal))
    #expect(show.screen.motion() == .playing)
    show.lessons = [LessonEntry(title: "First", about: "one")]
    show.press("m")
    show.go(to: 2_000)
    #expect(show.session.newest == Show.start)
    #expect(show.screen.motion() == .still && show.screen.motion(isStalled: true) == .still)
  }

  @Test("a stream that is followed moves by the clock; an input that is waited for keeps the picture moving")
  func motion() {
    var stream = EmulatorStream(live: true)
    #expect(Show(stream.session).screen.motion() == .still)
    #expect(Show(stream.session).screen.motion(isStalled: true) == .following)
    stream.life()
    var show = Show(stream.session)
    #expect(show.screen.motion() == .following)
    show.press(" ")
    #expect(show.screen.motion() == .still)
  }

  @Test("another session begins as a new one, with nothing of the one before")
  func restart() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 2_000)
    _ = show.frame()
    var screen = show.screen
    screen.restart(with: Session(simulating: .playground, seed: 1, start: Show.start))
    _ = screen.fold()
    var new = Show().screen
    #expect(screen.frame(columns: 120, rows: 40) == new.frame(columns: 120, rows: 40))
  }
}
