import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("What a session's lead obeys")
struct DrivenSessionTests {
  /// An environment that has answered, in a live session that is driven so.
  private func screen(driving fleet: FleetSettings? = nil) -> SessionScreen {
    var stream = EmulatorStream(live: true)
    stream.life()
    var session = Session(reading: .rie, live: true, driving: fleet, start: Show.start)
    session.log = stream.session.log
    var show = Show(session)
    show.go(to: 12_000)
    _ = show.frame()
    return show.screen
  }

  private func said(_ key: Key, _ screen: SessionScreen) -> [ProgramAct] {
    var screen = screen
    return screen.handle(key)
  }

  /// One that an emulator of ours reports, whose environments have the names of their running numbers.
  private func ours() -> SessionScreen {
    var session = Session(reading: .native, live: true, driving: .playground, start: Show.start)
    var told = Session(simulating: .playground, seed: 1, start: Show.start)
    _ = told.perform(.request(.normal))
    told.tick(elapsed: .seconds(5), clock: 0)
    session.log = told.log
    var show = Show(session)
    show.go(to: 5_000)
    _ = show.frame()
    return show.screen
  }

  @Test("an emulator of ours obeys all of the demo's keys: commands for the program to pass on")
  func driven() {
    let screen = ours()
    #expect(said("i", screen) == [.command(.request(.normal))])
    #expect(said("b", screen) == [.command(.request(.normal, count: 5))])
    #expect(
      said("T", screen) == [
        .command(.set(.idleTimeout, .seconds(20))),
        .tell("idle timeout: 20 s (AWS publishes none; about 6 min has been measured)"),
      ])
    #expect(
      said("R", screen) == [.command(.set(.requestRate, 500)), .tell("steady traffic: 0.5 a second")])
    #expect(
      said("x", screen) == [.command(.shutDown(environment: 1)), .tell("env-1 is shut down")])
    #expect(said("X", screen) == [.command(.shutDownAll)])
    #expect(said("c", screen).first == .command(.crash(environment: 1)))
    // The behaviour of requests is in the events that they send, which the program has.
    #expect(said("e", screen) == [.nextEvent])
  }

  @Test("what is set is shown at once, from step to step")
  func options() {
    var screen = ours()
    _ = screen.handle("o")
    #expect(screen.frame(columns: 120, rows: 40).text.contains("512 MB"))
    func idleTimeout() -> String? { screen.stage().options.first { $0.control == .idleTimeout }?.value }
    #expect(idleTimeout() == "10 s")
    #expect(screen.handle("T").first == .command(.set(.idleTimeout, .seconds(20))))
    #expect(idleTimeout() == "20 s")
    #expect(screen.handle("T").first == .command(.set(.idleTimeout, .seconds(30))))
    // Nothing is asked twice.
    #expect(screen.session.takeCommands() == [])
  }

  @Test("its past is past: nothing is asked of it there")
  func past() {
    var screen = ours()
    screen.session.seek(to: Show.start + .milliseconds(2_000))
    _ = screen.handle("o")
    for key in ["i", "b", "t", "T", "x", "c", .right] as [Key] {
      #expect(
        said(key, screen) == [.tell("this moment is past, and cannot be changed here; f goes back to now")])
    }
    screen.session.follow()
    #expect(said("i", screen) == [.command(.request(.normal))])
  }

  @Test("an emulator of somebody else's takes requests and its end, in the past too; the rest is refused")
  func requests() {
    var screen = screen()
    #expect(screen.viewer.selected != nil)
    for isPast in [false, true] {
      if isPast { screen.session.seek(to: Show.start + .milliseconds(2_000)) }
      #expect(said("i", screen) == [.emulator(.request)])
      #expect(said("b", screen) == [.emulator(.burst)])
      #expect(said("x", screen) == [.emulator(.end)])
      #expect(said("X", screen) == [.emulator(.endAll)])
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
      screen.handle("T") == [.tell("idle timeout: 20 s (AWS publishes none; about 6 min has been measured)")]
    )
    #expect(!screen.isSaved && screen.session.hasOwnActions)
  }
}
