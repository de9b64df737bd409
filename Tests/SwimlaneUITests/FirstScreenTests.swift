import LambdaLifecycle
import Testing

@testable import SwimlaneUI

/// The screen before anything has happened.
@Suite("First screen")
struct FirstScreenTests {
  private static let words = [
    "agents start", "python starts", "your imports", "your handler", "stands still with its memory",
    "after minutes unused",
  ]

  @Test(
    "ghosts of what will be: six lanes with a word each, two callers, what an environment is",
    arguments: [(80, 24), (120, 40), (200, 60)])
  func ghosts(columns: Int, rows: Int) throws {
    var show = Show()
    let text = show.frame(columns, rows).text
    for word in Self.words { #expect(text.contains(word), "\(word)") }
    #expect(text.contains("isolated machine that runs your function, one") && text.contains("at a time."))
    #expect(text.contains("COLD") && text.contains("WARM") && text.contains("as they will be"))
    #expect(text.contains("Press i") || text.contains("press i"))
    #expect(!text.contains("details") && !text.contains("0 %"))
  }

  @Test("what is shown as a ghost comes true: the same lengths, for the same seed")
  func truth() throws {
    var show = Show()
    let preview = try #require(Preview(of: show.session))
    let ghost = try #require(preview.session.timeline.requests.first?.wait)
    show.perform(.request(.normal))
    show.go(to: 4_000)
    #expect(show.session.timeline.requests.first?.wait == ghost)
    #expect(Preview(of: show.session) == nil)
    // It leaves the session as it is.
    #expect(preview.session.timeline.tracks.count == 1 && preview.callers.count == 2)
  }

  @Test("a setting that is changed before the first request changes the ghost")
  func settings() throws {
    var show = Show()
    // The header's words are no ghost.
    func ghost(_ show: inout Show) -> [Substring] {
      Array(show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst())
    }
    let before = ghost(&show)
    show.perform(.set(.idleTimeout, .milliseconds(600)))
    #expect(ghost(&show) != before && before.contains { $0.contains("WARM") })
    // Another past has another future, also with as many commands.
    show.go(to: 100)
    let first = ghost(&show)
    show.session.seek(to: Show.start)
    show.perform(.set(.idleTimeout, .seconds(20)))
    #expect(ghost(&show) != first)
  }

  @Test(
    "a function that runs here has no ghost, but its lanes have their words; a filter without a match says so"
  )
  func observed() {
    var show = Show(Session(reading: .emulator, live: true, driving: .playground, start: Show.start))
    let text = show.frame(120, 40).text
    #expect(text.contains("your imports") && text.contains("the runtime starts") && !text.contains("░"))
    #expect(text.contains("Waiting for the first event."))
    show.type("/nothing")
    #expect(show.frame(120, 40).text.contains("No environment matches"))
  }

  @Test("the smallest screen says what to do")
  func small() {
    var show = Show()
    #expect(show.frame(40, 10).text.contains("Press i"))
  }
}
