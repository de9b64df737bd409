import LambdaLifecycle
import Testing

@testable import SwimlaneUI

/// The parts that give way where there is little room.
@Suite("What gives way")
struct SmallScreenTests {
  @Test(
    "a function's name is cut at its hyphens, then left out; the state's sign stays",
    arguments: [40, 60, 80, 120])
  func names(columns: Int) {
    var stream = FleetStream()
    for (function, time) in [("checkout-payment-service", Int64(0)), ("mail", 10)] {
      stream.event(0, .functionDescribed(FunctionDescription(memoryMB: 512)), of: function)
      stream.event(time, .environmentCreated(.onDemand), in: "env-1", of: function)
      stream.span(.functionInit, time, 400, in: "env-1", of: function)
      stream.event(400, .phaseBegan(.frozen), in: "env-1", of: function)
    }
    var show = Show(stream.session, fitsAll: true)
    show.press(.character("C"))
    show.session.seek(to: Show.start + .milliseconds(700))
    let heads = show.frame(columns, 24).text.split(separator: "\n").filter { $0.hasPrefix("▸") }
    #expect(heads.count == 2)
    let long = columns >= 80 ? "▸ checkout-…/env-1 ❄" : "▸ env-1 ❄"
    #expect(heads[0].hasPrefix(long), "\(heads[0])")
    #expect(heads[1].hasPrefix("▸ mail/env-1 ❄"))
  }

  @Test("settings of concurrency outlast all others, the function's name included")
  func header() {
    var catalog = Catalog()
    let function = FunctionDescription(
      runtime: catalog.name("python3.13"), memoryMB: 512, reservedConcurrency: 2)
    let settings = HeaderSettings("orders", function, of: 2, catalog, idleTimeout: .seconds(10))
    #expect(
      settings.choices == [
        [
          "orders", "reserved concurrency 2", "512 MB", "python3.13", "idle timeout 10 s",
          "one of 2 functions",
        ],
        ["orders", "reserved concurrency 2", "512 MB", "python3.13", "idle timeout 10 s"],
        ["orders", "reserved concurrency 2", "512 MB", "python3.13"],
        ["orders", "reserved concurrency 2", "512 MB"], ["orders", "reserved concurrency 2"],
        ["reserved concurrency 2"], ["reserved concurrency 2"], [],
      ])
  }

  @Test("the figures say which limit has throttled")
  func refusal() {
    var show = Show(FleetStream.retries.session, fitsAll: true)
    show.session.seek(to: Show.start + .milliseconds(1_200))
    #expect(show.frame(120, 40).text.contains("throttled 1 by reserved concurrency"))
  }

  @Test("parts of a fact are kept whole, and a line neither begins nor ends with the sign between them")
  func parts() {
    let parts = ["the caller waited 920 ms", "billed 800 ms", "eb123745-a7fc"]
    #expect(
      wrap(parts: parts, joined: " · ", width: 44) == [
        "the caller waited 920 ms · billed 800 ms", "eb123745-a7fc",
      ])
    #expect(wrap(parts: ["one two three"], joined: " · ", width: 8) == ["one two", "three"])
    #expect(wrap(parts: [], joined: " · ", width: 8).isEmpty)
  }

  @Test("a text is cut between words, with a sign")
  func cut() {
    let viewer = Show().viewer
    #expect(viewer.clipped("what they cost at init", to: 22) == "what they cost at init")
    #expect(viewer.clipped("what they cost at init", to: 21) == "what they cost at…")
    #expect(viewer.clipped("unbreakable", to: 6) == "unbre…")
    #expect(Show(ascii: true).viewer.clipped("what they cost", to: 12) == "what they..")
  }

  @Test("the list says on the axis how many rows lie above and below")
  func more() throws {
    var show = Show()
    for _ in 0..<60 { show.perform(.request(.normal)) }
    show.go(to: 4_000)
    show.press(.character("C"), .end)
    for _ in 0..<30 { show.press(.down) }
    let lines = show.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1].hasPrefix(" requests   "))
    #expect(lines[2].hasPrefix(" ↑") && lines[2].contains(" ↓") && lines[2].contains(" rows "))
  }
}
