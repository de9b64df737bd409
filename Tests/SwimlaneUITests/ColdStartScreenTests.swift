import LambdaLifecycle
import TestSupport
import Testing

@testable import SwimlaneUI

/// Where an init's time went, on the screen.
@Suite("Screens of cold starts")
struct ColdStartScreenTests {
  private static let source = """
    # The function.
    import json
    import boto3

    import store.table

    s3 = boto3.client("s3")


    def handler(event, context):
    \treturn s3
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

  private func show(_ stream: EmulatorStream, at moment: Int64, code: Bool = true, ascii: Bool = false)
    -> Show
  {
    var show = Show(stream.session, ascii: ascii)
    show.title = "run: python3.13"
    if code { show.screen.surroundings.code = ["app.py": Self.source] }
    show.go(to: moment)
    _ = show.frame(120, 40)
    show.press(.character("S"))
    return show
  }

  @Test("told: a table that adds up under the lanes' axis, the source beside the lanes, hints with figures")
  func told() throws {
    var stream = EmulatorStream(live: true, source: .emulator, name: "env-1")
    stream.toldInit()
    var show = show(stream, at: 500)
    try expectScreen("cold-start-160x45", show.frame(160, 45))
    try expectScreen("cold-start-80x24", show.frame(80, 24))
    show.press(.character("S"))
    try expectScreen("cold-start-by-cost-120x40", show.frame(120, 40))
    var ascii = self.show(stream, at: 500, ascii: true)
    try expectScreen("cold-start-ascii-80x24", ascii.frame(80, 24))
  }

  @Test("while init runs, the line that may run is lit; a killed init says behind which line it was")
  func running() throws {
    var stream = EmulatorStream(live: true, source: .emulator, name: "env-1")
    stream.toldInit(isKilled: true)
    var show = show(stream, at: 12_000)
    try expectScreen("cold-start-killed-120x40", show.frame(120, 40))
    show.session.seek(to: Show.start + .milliseconds(300))
    try expectScreen("cold-start-running-120x40", show.frame(120, 40))
  }

  @Test(
    "the cold start before stands beside it, part by part; out of the lanes' sight it has an axis of its own")
  func before() throws {
    var stream = EmulatorStream(live: true, source: .emulator, name: "env-1")
    stream.toldInit(sleep: 120)
    stream.span(.runtimeShutdown, 800, 810)
    stream.event(810, .environmentGone(.spindown, detail: .none))
    var second = EmulatorStream(live: true, source: .emulator, name: "env-1")
    second.session.log = stream.session.log
    stream.toldInit(at: 2_000, sleep: 31)
    var show = show(stream, at: 2_400)
    try expectScreen("cold-start-before-120x40", show.frame(120, 40))
    show.press("+", "+", "+", "+")
    let text = show.frame(120, 40).text
    #expect(text.contains("before: 362 ms"))
    #expect(text.contains("was 120 ms"))
  }

  @Test("the listing shows the lines that cost most, or those around the one that runs")
  func window() throws {
    var stream = EmulatorStream(live: true, source: .emulator)
    stream.toldInit()
    var show = Show(stream.session)
    show.go(to: 500)
    let parts = try #require(show.session.timeline.tracks[0].latestInit(at: Show.start + .milliseconds(500)))
    var lines = (1...400).map { "x\($0) = 1" }
    // As they were reported.
    for (place, text) in [(2, "import boto3"), (4, "import store.table"), (6, #"s3 = boto3.client("s3")"#)] {
      lines[place] = text
    }
    lines[5] = "  inside"
    let files = ["app.py": lines]
    let catalog = show.session.log.catalog
    let over = try #require(CodeListing(parts, catalog, files: files, at: Show.start + .milliseconds(500)))
    #expect(over.window(5).map(\.number) == [3, 4, 5, 6, 7])
    #expect(over.window(5).map { $0.length.map { $0 / 1_000_000 } } == [103, nil, 55, nil, 120])
    #expect(!over.hasChanged)
    #expect(over.running == nil)
    let during = try #require(
      show.session.timeline.tracks[0].latestInit(at: Show.start + .milliseconds(240)))
    let listing = try #require(
      CodeListing(during, catalog, files: files, at: Show.start + .milliseconds(240)))
    // Line 6 is inside of something: line 7 is the next that may run.
    #expect(listing.running == 6)
    #expect(listing.window(5).map(\.number) == [5, 6, 7, 8, 9])
    // The file has been changed since: what is the same is known by its text, and nothing is said of what runs.
    let edited = ["# new", "import boto3", "", "import store.tables"] + lines.dropFirst(5)
    let changed = try #require(
      CodeListing(parts, catalog, files: ["app.py": edited], at: Show.start + .milliseconds(500)))
    #expect(changed.hasChanged)
    #expect(changed.window(7).filter { $0.length != nil }.map(\.number) == [2, 6])
  }

  @Test("J and K go through the rows for which there is no room, and nothing else")
  func scrolls() throws {
    var stream = EmulatorStream(live: true, source: .emulator, name: "env-1")
    stream.toldInit()
    var show = show(stream, at: 500)
    let whole = show.frame(80, 18).text
    show.press(.character("J"))
    let down = show.frame(80, 18).text
    #expect(whole.contains("others") && !down.contains("others"))
    #expect(whole.contains("cold start of") && down.contains("cold start of"))
    for _ in 1...30 { show.press(.character("J")) }
    #expect(show.frame(80, 18).text.contains("nobody tells it"))
    for _ in 1...40 { show.press(.character("K")) }
    #expect(show.frame(80, 18).text == whole)
  }

  @Test("without a word of any code it says so")
  func nothing() throws {
    var stream = EmulatorStream(live: true)
    stream.span(.invoke, 0, 100, request: stream.request())
    var show = show(stream, at: 500, code: false)
    #expect(show.frame(120, 40).text.contains("The parts of an init stand here"))
  }
}
