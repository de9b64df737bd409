import Foundation
import TestSupport
import Testing

/// Nothing understood is a failure, in every command: a report on nothing would look healthy.
@Suite struct NotUnderstoodTests {
  private static let accessLog = (0..<30).map {
    "127.0.0.1 - - [02/Mar/2026:08:00:00 +0000] \"GET /\($0) HTTP/1.1\" 200 612 \"-\" \"\u{1B}]0;x\u{7}curl/8\"\n"
  }.joined()
  private static let newer = """
    {"format": "lambda-lanes-recording", "version": 2, "origin": "2026-03-02T08:00:00Z", "source": "native"}
    {"time": 0.0, "event": "environmentCreated", "environment": "env-1", "function": "hello"}

    """
  private static let header =
    #"{"format":"lambda-lanes-recording","version":1,"origin":"2026-03-02T08:00:00Z","source":"native"}"#
    + "\n"

  /// Commands that read a file to its end; OUT is a file that does not exist.
  static let commands = [
    ["summary", "FILE"], ["summary", "--json", "FILE"], ["summary", "--markdown", "FILE"],
    ["diff", "FILE", "FILE"], ["export", "--as", "svg", "FILE"], ["convert", "-o", "OUT", "FILE"],
    ["convert", "-o", "OUT", "--start", "0s", "FILE"], ["play", "FILE"], ["play", "--plain", "FILE"],
    ["record", "-o", "OUT", "-"], ["watch", "--plain", "-"],
  ]

  private func run(_ command: [String], on text: String, _ options: String...) async throws -> Ending {
    let scratch = try Scratch()
    let file = try scratch.write(text.utf8, to: "some.txt")
    let words = command.map { $0 == "FILE" ? file : $0 == "OUT" ? scratch.file("out.jsonl") : $0 }
    let ending = try await ProgramTests.run(
      try Peer.lanes.required(), words + options, input: words.contains("-") ? file : "/dev/null")
    if command.first == "convert" {
      let isThere = FileManager.default.fileExists(atPath: scratch.file("out.jsonl"))
      #expect(!isThere, "no recording without an event")
    }
    return ending
  }

  @Test(arguments: commands) func anotherLogIsToldOf(command: [String]) async throws {
    let ending = try await run(command, on: Self.accessLog)
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains("30 lines of something else: this looks like the access log of a web server"))
    #expect(
      ending.errors.contains("the first line: 127.0.0.1 - - [02/Mar/2026:08:00:00 +0000] \"GET /0 HTTP/1.1\"")
    )
    #expect(ending.errors.contains("--from"))
    #expect(!ending.errors.contains("\u{1B}"))
    #expect(!ending.text.contains("out of the ordinary"))
    if command.first != "watch", command.first != "play" { #expect(ending.output.isEmpty) }
  }

  @Test(arguments: commands, ["rie", "telemetry", "cloudwatch", "localstack"])
  func anotherLogOfAFormatThatIsAskedForIsToldOf(command: [String], format: String) async throws {
    let ending = try await run(command, on: Self.accessLog, "--from", format)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("read as \(format), 30 lines tell nothing of an environment or a request"))
    if format != "localstack" { #expect(ending.errors.contains("GET /0 HTTP/1.1")) }
    #expect(!ending.text.contains("out of the ordinary"))
  }

  @Test(arguments: commands) func aNewerRecordingIsRefused(command: [String]) async throws {
    let ending = try await run(command, on: Self.newer)
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains(": a recording of version 2: this program reads version 1; use a newer lanes"))
    #expect(ending.output.isEmpty)
  }

  /// A file that is followed could go on, but without anything that is understood.
  @Test func aNewerRecordingIsNotWaitedFor() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(Self.newer.utf8, to: "newer.jsonl")
    let ending = try await lanes("watch", "--plain", file)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("newer.jsonl: a recording of version 2"))
  }

  /// A session without events has no part either.
  @Test(arguments: commands.filter { $0.first != "export" && !$0.contains("--start") })
  func aHeaderAloneIsAnEmptySession(command: [String]) async throws {
    let ending = try await run(command, on: Self.header)
    #expect(ending.status == 0)
    #expect(!ending.errors.contains("Error"))
  }

  @Test(arguments: [["summary"], ["convert", "-o", "OUT"], ["export", "--as", "csv"], ["play", "--plain"]])
  func ofSeveralInputsTheOneIsNamed(command: [String]) async throws {
    let scratch = try Scratch()
    let other = try scratch.write(Self.accessLog.utf8, to: "access.log")
    let words = command.map { $0 == "OUT" ? scratch.file("out.jsonl") : $0 }
    let ending = try await ProgramTests.run(
      try Peer.lanes.required(), words + [Repository.path("demos/first-session.jsonl"), other])
    #expect(ending.status == 1)
    #expect(ending.errors.contains("access.log: "))
    #expect(!ending.errors.contains("first-session.jsonl: "))
  }

  @Test(arguments: [
    ("{\"level\":\"info\"}\n", "JSON of somebody else"), ("<!DOCTYPE html>\n", "a page or a picture"),
    ("\u{7F}ELF\u{2}\u{0}\u{1}\n", "binary data"),
    ("{\"traceEvents\":[]}\n", "a trace, as lanes export writes one"),
  ])
  func formsAreNamed(text: String, name: String) async throws {
    let ending = try await run(["summary", "FILE"], on: text)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("this looks like \(name)."))
  }

  @Test func blankLinesAndOutputAreToldApartFromAnotherLog() async throws {
    let blank = try await run(["summary", "FILE"], on: "\n\n \n")
    #expect(blank.errors.contains("found nothing but blank lines."))
    let log = "timestamp,message\n1795166100000,\"hello\n\"\n1795166100020,\"bye\n\"\n"
    let output = try await run(["summary", "FILE"], on: log)
    #expect(
      output.errors.contains("read as cloudwatch, found 2 lines of output and nothing of an environment"))
    #expect(!output.errors.contains("--from"))
  }

  /// A screen that waits for an event shows why there is none, and says it once more when it has gone.
  @Test func watchSaysItOnTheScreenAndAfterIt() async throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.accessLog.utf8, to: "access.log")
    try await TmuxSession.with(columns: 100, rows: 24, directory: scratch.path) { tmux in
      try await tmux.type("$LANES watch - < access.log; echo \"status=$?\"")
      try await tmux.wait(for: " lanes  watch: stdin", "ENDED")
      try await tmux.send("q")
      let screen = try await tmux.wait(for: "status=1")
      #expect(screen.contains("the access log of a web server"))
    }
  }

  /// An error of the tool that was to print the log comes the same way.
  @Test func anErrorOfTheAWSCLIIsKnown() async throws {
    let text =
      "An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: none\n"
    let ending = try await run(["summary", "FILE"], on: text)
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains("1 line of something else: this looks like an error of the AWS CLI. Mend what"))
  }

  /// No screen is opened for it.
  @Test func playSaysItInTheTerminal() async throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.accessLog.utf8, to: "access.log")
    try await TmuxSession.with(columns: 100, rows: 24, directory: scratch.path) { tmux in
      try await tmux.type("$LANES play access.log; echo \"status=$?\"")
      let screen = try await tmux.wait(for: "status=1")
      #expect(screen.contains("the access log of a web server"))
    }
  }
}
