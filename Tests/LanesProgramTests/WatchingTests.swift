import EventSources
import LambdaLifecycle
import LanesProgram
import SwimlaneUI
import TestSupport
import Testing

/// Looking at a live stream: squeezed, paused, filtered, searched and jumped about in.
@Suite struct WatchingTests {
  private static func line(_ time: String, _ type: String, _ record: String) -> String {
    #"{"time":"2026-01-01T\#(time)Z","type":"\#(type)","record":\#(record)}"# + "\n"
  }

  private static func request(_ number: Int, _ begin: String, _ end: String, _ status: String) -> String {
    let id = "\"requestId\":\"3f1c7a52-0000-4000-8000-00000000000\(number)\""
    return line(begin, "platform.start", "{\(id),\"version\":\"1\"}")
      + line(begin, "function", "\"order \(number) \\u001b[2Jcame\"")
      + line(
        end, "platform.runtimeDone", "{\(id),\"status\":\"\(status)\",\"metrics\":{\"durationMs\":200}}")
      + line(
        end, "platform.report",
        "{\(id),\"status\":\"\(status)\",\"metrics\":{\"durationMs\":200,\"billedDurationMs\":200,\"memorySizeMB\":128,\"maxMemoryUsedMB\":60}}"
      )
  }

  /// Of January: far from our clock. A cold start, twelve minutes of nothing, a failure.
  private static let old =
    line(
      "00:00:00.000", "platform.initStart",
      #"{"initializationType":"on-demand","phase":"init","functionName":"orders","functionVersion":"1"}"#)
    + line(
      "00:00:00.500", "platform.initRuntimeDone",
      #"{"initializationType":"on-demand","phase":"init","status":"success"}"#)
    + request(1, "00:00:00.500", "00:00:00.700", "success")
    + request(2, "00:12:30.700", "00:12:30.900", "error")

  /// The stream in a file that grows.
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write(Self.old.utf8, to: "old.jsonl")
  }

  private func watching(columns: Int = 120, rows: Int = 40) throws -> ProgramShow {
    let inputs = try Inputs(format: nil)
    let session = Session(reading: .native, live: true, start: HandClock().clock.wall())
    let show = ProgramShow(ProgramStart(watching: inputs, session), columns: columns, rows: rows)
    let file = scratch.file("old.jsonl")
    try show.program.watch { try $0.start(file: file, follow: true, tellsArrival: false, in: &$1) }
    show.read(lines: Self.old.split(separator: "\n").count)
    show.expect("LIVE", "orders")
    return show
  }

  /// Adds lines to the file, which are read.
  private func append(_ text: String, _ show: ProgramShow) throws {
    try scratch.append(text, to: "old.jsonl")
    show.read(lines: try scratch.lines(of: "old.jsonl"))
  }

  @Test func squeezedAndInFull() throws {
    let show = try watching()
    // The old log's own time, not the wall clock's; events before the pause are in sight with those behind
    // it.
    show.expect("╱12m30s╱", "200 ms", "LIVE", "12:3")
    show.press("0")
    show.expect("╱12m30s╱", "500 ms")
    show.press("z")
    show.expect("idle time is as long as it was", "┊00:10")
    show.expectNo("╱")
    show.press("z")
    show.expect("idle time is squeezed", "╱12m30s╱")
    try show.quit()
  }

  @Test func pausedWhileEventsCome() throws {
    let show = try watching(columns: 80, rows: 24)
    show.press(" ")
    show.expect("PAUSED")
    try append(Self.request(3, "00:13:00.000", "00:13:00.200", "success"), show)
    show.expect("PAUSED, 5 new", "requests 2")
    show.press("f")
    show.expect("LIVE", "requests 3")
    show.expectNo(" new")
    show.press(" ")
    show.expect("PAUSED")
    try append(Self.request(4, "00:13:01.000", "00:13:01.200", "success"), show)
    show.press(.resize)
    show.expect("PAUSED, 5 new")
    show.press(" ")
    show.expect("LIVE", "requests 4")
    try show.quit()
  }

  @Test func jumps() throws {
    let show = try watching()
    show.press("{")
    show.expect("error 1 of 1", "12:30.9", "PAUSED")
    show.press("(")
    show.expect("cold start 1 of 1", "00:00.0")
    show.press("(")
    show.expect("no earlier cold start than here; there is one")
    show.press("}")
    show.expect("error 1 of 1")
    show.press("y")
    show.expect("there is no throttle so far")
    show.press("d")
    show.expect("there is no shutdown so far")
    try show.quit()
  }

  @Test func filter() throws {
    let show = try watching()
    for scalar in "/state:melt".unicodeScalars { show.press(.character(scalar)) }
    show.expect("filter: state:melt_", "no state is called melt; states: creating")
    show.press(.enter)
    show.press(.backspace, times: 4)
    show.press("g", "o", "n", "e")
    show.expect("filter: state:gone_", "No environment matches \"state:gone\"")
    show.press(.escape)
    show.expect("extension init", "q quit")
    try show.quit()
  }

  @Test func log() throws {
    let show = try watching(columns: 80, rows: 24)
    show.press("a")
    // The function's output is shown, not obeyed.
    show.expect("─ log of", "order 2 ·[2Jcame", "12:30.9")
    show.press("a")
    show.expect("─ log · a only")
    show.enter("/ORDER 1")
    show.expect("order 1 ·[2Jcame", "n \"ORDER 1\"")
    show.press("n")
    show.expect("no earlier line of the log has")
    show.press(.escape)
    show.expect("order 2 ·[2Jcame", "/ search")
    show.press(.pageUp)
    show.expect("line ")
    show.press("J", times: 20)
    show.expect("order 2")
    show.expectNo("line 1")
    try show.quit()
  }
}
