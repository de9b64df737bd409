import LambdaLifecycle
@testable import SwimlaneUI
import TestSupport
import Testing

@Suite("Filter and jumps")
struct FilterTests {
  @Test("terms are read, all fields with their short and long names; text is any of them")
  func terms() {
    let filter = EnvironmentFilter("State:frozen source:rie fn:Hello environment:env-1 text")
    #expect(
      filter.terms == [
        .init(field: .state, text: "frozen"), .init(field: .source, text: "rie"),
        .init(field: .function, text: "hello"), .init(field: .environment, text: "env-1"),
        .init(field: .any, text: "text"),
      ])
    #expect(filter.mistake == nil)
    // One that is being typed is no mistake.
    #expect(EnvironmentFilter("state: fn:") == EnvironmentFilter(""))
  }

  @Test("a term that means nothing is told, with what was expected, and does not hide anything")
  func mistakes() {
    #expect(
      EnvironmentFilter("colour:red").mistake == "expected fn:, env:, source: or state:, found colour:")
    let state = EnvironmentFilter("state:melting")
    #expect(state.mistake?.hasPrefix("no state is called melting; states: creating init") == true)
    #expect(state.terms.isEmpty)
    for known in ["frozen", "init", "shutting", "shutdown", "failed", "reset", "gone"] {
      #expect(EnvironmentFilter("state:\(known)").mistake == nil)
    }
  }

  private func names(_ show: inout Show) -> [String] {
    show.frame(120, 40).text.split(separator: "\n").compactMap { line in
      "▾▸".contains(line.prefix(1)) ? line.dropFirst(2).split(separator: " ").first.map(String.init) : nil
    }
  }

  @Test("each field is matched by itself")
  func fields() {
    var show = Show(FleetStream.retries.session)
    show.press(.end)
    func filtered(_ text: String) -> [String] {
      show.press(.escape)
      show.type("/" + text)
      show.press(.enter)
      defer { show.press(.escape) }
      return names(&show)
    }
    let all = ["orders/env-1", "mailer/env-1"]
    #expect(filtered("fn:mail") == [all[1]])
    #expect(filtered("env:mail") == [])
    #expect(filtered("env:env-1") == all)
    #expect(filtered("state:frozen fn:orders") == [all[0]])
    #expect(filtered("state:invoking") == [])
    #expect(filtered("source:nothing") == [])
    #expect(filtered("state:failed") == [all[1]])
    #expect(filtered("orders frozen") == [all[0]])
  }

  @Test("the source by its name, or by what it is")
  func source() {
    var stream = EmulatorStream(live: true)
    stream.life()
    var show = Show(stream.session)
    show.go(to: 12_000)
    for (text, count) in [("source:rie", 1), ("source:telemetry", 0)] {
      show.type("/\(text)")
      show.press(.enter)
      #expect(names(&show).count == count)
      show.press(.escape)
    }
  }

  @Test("the prompt says what may be typed, and what is wrong; enter keeps only what means something")
  func prompt() throws {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 3_000)
    _ = show.frame(120, 40)
    show.type("/state:froz")
    try expectScreen("filter-field-120x40", show.frame(120, 40))
    show.type(" size:9")
    try expectScreen("filter-mistake-120x40", show.frame(120, 40))
    try expectScreen("filter-mistake-80x24", show.frame(80, 24))
    show.press(.enter)
    #expect(show.viewer.isTyping)
    for _ in 0..<7 { show.press(.backspace) }
    show.press(.enter)
    #expect(!show.viewer.isTyping && show.viewer.filter == "state:froz")
  }

  // MARK: Jumps

  private func failing() -> Show {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 3_000)
    for kind in [RequestKind.handlerError, .normal, .normal] { show.perform(.request(kind)) }
    show.go(to: 6_000)
    show.perform(.request(.crash))
    show.go(to: 9_000)
    _ = show.frame(120, 40)
    return show
  }

  @Test(
    "from error to error and back, with the environment selected; at the end it says that there are no more")
  func errors() {
    var show = failing()
    let all = show.session.timeline.landmarks[.error]
    #expect(all.count >= 2)
    show.press(.home)
    for (place, error) in all.enumerated() {
      show.press(.character("}"))
      #expect(show.session.playhead.time == error.time)
      #expect(show.said.hasPrefix("error \(place + 1) of \(all.count): env-"))
      _ = show.frame(120, 40)
      #expect(show.viewer.selected == error.environment)
    }
    let last = show.session.playhead.time
    show.press(.character("}"))
    #expect(show.said == "no later error than here; there are \(all.count)")
    #expect(show.session.playhead.time == last)
    for error in all.dropLast().reversed() {
      show.press(.character("{"))
      #expect(show.session.playhead.time == error.time)
    }
    show.press(.character("{"))
    #expect(show.said.hasPrefix("no earlier error than here"))
  }

  @Test("cold starts and shutdowns have keys too; where there is none of a kind, it says so")
  func others() {
    var show = failing()
    show.perform(.shutDownAll)
    show.go(to: 14_000)
    show.press(.home)
    for (key, kind) in [(")", Landmark.coldStart), ("d", .shutdown)] as [(Unicode.Scalar, Landmark)] {
      show.press(.home)
      let all = show.session.timeline.landmarks[kind].filter { $0.time > show.session.playhead.time }
      #expect(!all.isEmpty)
      show.press(.character(key))
      #expect(show.session.playhead.time == all.first?.time)
    }
    show.press(.end, .character("D"))
    #expect(show.session.playhead.time == show.session.timeline.landmarks[.shutdown].last?.time)
    show.press(.character("("))
    #expect(show.said.hasPrefix("cold start "))
    for key in ["y", "Y"] as [Unicode.Scalar] {
      show.press(.character(key))
      #expect(show.said == "there is no throttle so far")
    }
  }

  @Test("where nothing failed, the way to what was throttled is said")
  func throttlesInstead() {
    var scenario = Scenario.playground
    scenario.functions[0].reservedConcurrency = 1
    var show = Show(scenario)
    show.perform(.request(.normal, count: 5))
    show.go(to: 3_000)
    show.press(.character("}"))
    #expect(show.said == "there is no error so far; y goes to the 4 throttled")
  }

  @Test("a throttle has no environment; the selection stays")
  func throttles() {
    var show = Show(FleetStream.retries.session)
    show.press(.home)
    _ = show.frame(120, 40)
    let selected = show.viewer.selected
    show.press(.character("y"))
    #expect(show.said == "throttle 1 of 1")
    #expect(show.session.playhead.time == Show.start + .milliseconds(1_100))
    _ = show.frame(120, 40)
    #expect(show.viewer.selected == selected)
  }

  @Test("a jump goes to the next one that passes the filter, and says so where none does")
  func hidden() {
    var show = failing()
    show.type("/env:nothing")
    show.press(.enter, .home, .character("}"))
    #expect(show.viewer.filter == "env:nothing")
    #expect(show.said == "there is no error so far that passes the filter")
    show.press(.escape)
    let all = show.session.timeline.landmarks[.error]
    guard let last = all.last else { return }
    let name = show.session.log.catalog.text(last.environment)
    let theirs = all.filter { $0.environment == last.environment }
    show.type("/env:\(name)")
    show.press(.enter, .home)
    for (place, error) in theirs.enumerated() {
      show.press(.character("}"))
      #expect(show.session.playhead.time == error.time)
      #expect(show.said.hasPrefix("error \(place + 1) of \(theirs.count) · filtered: \(name)"))
    }
    show.press(.character("}"))
    #expect(show.said.hasPrefix("no later error that passes the filter than here"))
  }
}
