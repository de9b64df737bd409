import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("What a session's lead obeys")
struct DrivenSessionTests {
  /// An environment that has answered, in a live session that is driven so.
  private func screen(_ drive: LiveLead.Drive) -> SessionScreen {
    var stream = EmulatorStream(live: true)
    stream.life()
    var session = Session(reading: .rie, live: true, drive: drive, start: Show.start)
    session.log = stream.session.log
    var show = Show(session)
    show.go(to: 12_000)
    _ = show.frame()
    return show.screen
  }

  private func said(_ key: Key, _ screen: SessionScreen) -> [Effect] {
    var screen = screen
    return screen.handle(key)
  }

  @Test("an emulator of ours obeys all of the demo's keys: they are the program's to do")
  func driven() throws {
    var screen = screen(.everything)
    let environment = try #require(screen.viewer.selected)
    #expect(said("i", screen) == [.request])
    #expect(said("b", screen) == [.burst])
    #expect(said("e", screen) == [.nextRequestKind])
    #expect(said("r", screen) == [.lessTraffic])
    #expect(said("R", screen) == [.moreTraffic])
    #expect(said("t", screen) == [.shorterIdleTimeout])
    #expect(said("T", screen) == [.longerIdleTimeout])
    #expect(said("x", screen) == [.shutDown(environment)])
    #expect(said("X", screen) == [.shutDownAll])
    #expect(said("c", screen) == [.crash(environment)])
    #expect(screen.handle("o") == [])
    #expect(screen.viewer.showsOptions)
    #expect(said(.right, screen) == [.turn(.requestKind, up: true)])
  }

  @Test("its past is past: nothing is asked of it there")
  func past() {
    var screen = screen(.everything)
    screen.session.seek(to: Show.start + .milliseconds(2_000))
    _ = screen.handle("o")
    for key in ["i", "b", "t", "T", "x", "c", .right] as [Key] {
      #expect(said(key, screen) == [.tell("an emulator's past cannot be changed here; f goes back to now")])
    }
    screen.session.follow()
    #expect(said("i", screen) == [.request])
  }

  @Test("an emulator of somebody else's takes requests and its end, in the past too; the rest is refused")
  func requests() throws {
    var screen = screen(.requests)
    let environment = try #require(screen.viewer.selected)
    for isPast in [false, true] {
      if isPast { screen.session.seek(to: Show.start + .milliseconds(2_000)) }
      #expect(said("i", screen) == [.request])
      #expect(said("b", screen) == [.burst])
      #expect(said("x", screen) == [.shutDown(environment)])
      #expect(said("X", screen) == [.shutDownAll])
      for key in ["t", "T"] as [Key] {
        #expect(
          said(key, screen) == [
            .tell("an emulator keeps its environment until it ends: it has no idle timeout")
          ])
      }
      #expect(
        said("c", screen) == [.tell("lanes cannot crash an emulator's runtime; x ends the emulator")])
      for key in ["e", "r", "R"] as [Key] {
        #expect(
          said(key, screen) == [
            .tell(
              "an emulator's settings are its own; lanes demo has a simulation whose settings can be turned")
          ])
      }
    }
  }

  @Test("a recording obeys nothing")
  func recording() {
    let show = Show(EmulatorStream(live: false).session, fitsAll: true)
    for key in ["b", "t", "T", "x", "c"] as [Key] {
      #expect(
        said(key, show.screen) == [
          .tell("a recording cannot be changed; lanes demo has a simulation, lanes watch an emulator")
        ])
    }
  }

  @Test("a simulation obeys at once; what was done is not saved any more")
  func simulation() {
    var screen = Show().screen
    screen.isSaved = true
    #expect(
      screen.handle("T") == [.tell("idle timeout: 20 s (AWS publishes none; about 6 min has been observed)")]
    )
    #expect(!screen.isSaved && screen.session.hasOwnActions)
  }
}
