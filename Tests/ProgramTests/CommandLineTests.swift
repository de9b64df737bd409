import Foundation
import TestSupport
import Testing

@Suite(.needs(.lanes)) struct CommandLineTests {
  private static let log = "\(Repository.captures)/cold-3warm-info.log"
  private static let formats = ["Runtime Interface Emulator", "Telemetry API", "lanes recording"]

  @Test(arguments: [[], ["demo"], ["watch"], ["play"], ["summary"]])
  func helpLeadsWithExamples(command: [String]) async throws {
    let ending = try await run(try Peer.lanes.required(), command + ["--help"])
    #expect(ending.status == 0)
    #expect(ending.errors.isEmpty)
    let examples = try #require(ending.text.range(of: "Examples:"))
    let usage = try #require(ending.text.range(of: "USAGE:"))
    #expect(examples.lowerBound < usage.lowerBound)
    #expect(ending.text[examples.upperBound...].contains("lanes \(command.first ?? "play")"))
  }

  @Test func version() async throws {
    let ending = try await lanes("--version")
    #expect(ending.status == 0)
    #expect(ending.text.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(arguments: [
    ["demo", "--no-such-option"], ["demo", "--seed", "seven"], ["play"], ["summary"],
    ["summary", "--from", "xml", "file"], ["watch", "--also"], ["no-such-command"],
  ])
  func wrongUsage(arguments: [String]) async throws {
    let ending = try await run(try Peer.lanes.required(), arguments)
    #expect(ending.status == 2)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("Error: "))
  }

  @Test(arguments: ["play", "summary", "watch"])
  func aFileThatIsNotThere(command: String) async throws {
    let ending = try await lanes(command, "/no/such/file")
    #expect(ending.status == 1)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("/no/such/file: No such file or directory"))
  }

  @Test(arguments: ["play", "summary"])
  func contentThatIsNothingKnown(command: String) async throws {
    let scratch = try Scratch()
    let file = try scratch.write("Dear diary,\nnothing happened.\n".utf8, to: "diary.txt")
    let ending = try await lanes(command, file)
    #expect(ending.status == 1)
    for format in Self.formats { #expect(ending.errors.contains(format)) }
    #expect(ending.errors.contains("--from"))
  }

  @Test func nothingOnStandardInput() async throws {
    let ending = try await lanes("watch", "-")
    #expect(ending.status == 1)
    for format in Self.formats { #expect(ending.errors.contains(format)) }
  }

  /// Without a terminal, all commands print lines; the same as with --plain.
  @Test func plain() async throws {
    let watched = try await lanes("watch", "-", input: Self.log)
    #expect(watched.status == 0)
    #expect(watched.lines.contains { $0.contains("rie-1  init ended: success after 891 ms") })
    #expect(watched.lines.count { $0.contains("invoke began") } == 4)
    #expect(watched.lines.last?.contains("environment gone: terminated") == true)
    #expect(try await lanes("watch", "-", "--plain", input: Self.log).lines.count == watched.lines.count)

    let played = try await lanes("play", Self.log)
    #expect(played.status == 0)
    #expect(try await lanes("play", "--plain", Self.log).output == played.output)
    #expect(try await lanes("play", "-", input: Self.log).output == played.output)
    #expect(played.lines.count == watched.lines.count)

    let demo = try await lanes("demo")
    #expect(demo.status == 0)
    #expect(try await lanes("demo", "playground", "--plain", "--seed", "1").output == demo.output)
    #expect(try await lanes("demo", "--seed", "2").output != demo.output)
    #expect(demo.lines.last?.contains("environment gone") == true)
    for ending in [watched, played, demo] { #expect(!ending.output.contains(0x1B)) }
  }

  @Test func lessonsAreListedTheirNamesFirst() async throws {
    let list = try await lanes("demo", "--list")
    #expect(list.lines.count == 13)
    #expect(list.lines.first?.hasPrefix("cold-start ") == true)
    for name in list.lines.compactMap({ $0.split(separator: " ").first }) {
      let told = try await lanes("demo", "--plain", String(name))
      #expect(told.status == 0)
      #expect(name == "playground" || told.text.contains("step 1 of"), "\(name)")
    }
  }

  /// The program's list, the package's and the folder.
  @Test func theListsOfLessonsAgree() async throws {
    let list = try await lanes("demo", "--list").lines.compactMap { $0.split(separator: " ").first }
    let package = try String(contentsOfFile: Repository.path("Package.swift"), encoding: .utf8)
    let named = try #require(package.firstMatch(of: /let lessons = \[([^\]]*)\]/)).1.matches(of: /"([^"]+)"/)
    #expect(list == named.map(\.1))
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path("demos/lessons"))
    #expect(list.map { "\($0).yaml" }.sorted() == files.sorted())
  }

  /// From any directory, and without the files of the project.
  @Test func theFirstLessonAsLines() async throws {
    let ending = try await run("/bin/sh", ["-c", "cd / && \"$0\"", try Peer.lanes.required()])
    #expect(ending.status == 0)
    #expect(ending.text.contains("step 1 of 14: No environment exists yet."))
    #expect(ending.text.contains("step 14 of 14: "))
    #expect(ending.text.contains("environment created"))
  }

  @Test(arguments: [("cold-strt", "did you mean cold-start?"), ("simulat", "did you mean simulate?")])
  func aLessonThatIsNotThere(name: String, hint: String) async throws {
    let ending = try await run(try Peer.lanes.required(), ["demo", name])
    #expect(ending.status == 2)
    #expect(ending.errors.contains(hint))
  }

  @Test func aRecordingIsNoLesson() async throws {
    let ending = try await run(try Peer.lanes.required(), ["session.jsonl"])
    #expect(ending.status == 2)
    #expect(ending.errors.contains("lanes play session.jsonl"))
  }

  @Test(arguments: ["play", "summary", "watch"])
  func aScenarioIsNoRecording(command: String) async throws {
    let ending = try await lanes(command, "session.yaml")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("lanes demo session.yaml"))
    #expect(ending.errors.contains("lanes simulate session.yaml"))
  }

  @Test(arguments: [["simulate"], ["demo"], []], ["session.jsonl", "session.txt"])
  func aRecordingIsNoScenario(command: [String], name: String) async throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      try Data(contentsOf: URL(fileURLWithPath: Repository.path("demos/first-session.jsonl"))), to: name)
    let ending = try await run(try Peer.lanes.required(), command + [path])
    #expect(ending.status != 0)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("lanes play \(path)"))
    #expect(!ending.errors.contains("YAML:"))
  }

  @Test func linesOfNoKnownFormatAreShortAndExplainedOnce() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("title: mine\nfunctions:\n".utf8, to: "mine.txt")
    let ending = try await lanes("watch", "--plain", "-", input: file)
    #expect(ending.status == 1)
    #expect(ending.lines.count == 2)
    #expect(ending.lines.first?.hasSuffix("not understood (no known format): title: mine") == true)
    for format in Self.formats { #expect(ending.errors.ranges(of: format).count == 1) }
  }

  @Test func aPipeIsReadToItsEnd() async throws {
    let script = "cat '\(Self.log)' | \"$0\" watch - | tail -n 1"
    let ending = try await run("/bin/sh", ["-c", script, try Peer.lanes.required()])
    #expect(ending.text.contains("environment gone: terminated"))
  }

  /// A file may grow: watching it goes on until a signal.
  @Test func aFileIsFollowed() async throws {
    let scratch = try Scratch()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.log))
    let half = bytes.count / 2
    let file = try scratch.write(bytes.prefix(half), to: "growing.log")
    let record = scratch.file("seen.jsonl")
    let program = try Peer.lanes.required()
    let ending = try await run(program, ["watch", file, "--plain", "--record", record]) { process in
      try await eventually("the first half") {
        try? scratch.text("seen.jsonl").contains("51d16d04") ? true : nil
      }
      let end = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      try end.seekToEnd()
      try end.write(contentsOf: bytes.suffix(from: half))
      try await eventually("the second half") {
        try scratch.text("seen.jsonl").contains("environmentGone") ? true : nil
      }
      kill(process, SIGTERM)
    }
    #expect(ending.status == 128 + SIGTERM)
    #expect(ending.lines.last?.contains("environment gone: terminated") == true)
  }

  @Test func escapesOfAStreamAreNotPrinted() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(Hostile.stream, to: "hostile.log")
    for command in [["play", file], ["summary", file], ["summary", "--json", file], ["watch", "-"]] {
      let ending = try await run(try Peer.lanes.required(), command, input: file)
      #expect(ending.status == 0)
      #expect(!ending.output.isEmpty)
      #expect(!ending.output.contains(0x1B))
      #expect(!ending.text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
    }
  }

  @Test("names that messages repeat do not act on the terminal either")
  func escapesInMessages() async throws {
    let scratch = try Scratch()
    let escape = "\u{1B}]0;STOLEN\u{07}\u{9B}2J"
    let scenario = try scratch.write(
      Array("functions:\n  app: { \"\(escape)\": 3 }\nrequests: [{ kind: \"\(escape)\" }]\n".utf8),
      to: "hostile.yaml")
    let stream = try scratch.write(Hostile.stream, to: "hostile.log")
    for command in [
      ["simulate", scenario], ["demo", escape], ["play", escape], ["summary", "--from", escape, stream],
      ["export", "--environment", escape, stream], ["diff", "--fail-if", "\(escape) > 3", stream, stream],
    ] {
      let ending = try await run(try Peer.lanes.required(), command)
      #expect(ending.status != 0, "\(command)")
      #expect(!ending.errors.isEmpty)
      #expect(
        !ending.errors.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }
  }

  @Test(arguments: ["no-such-program-at-all", "/no/such/program"])
  func aCommandThatIsNotThere(command: String) async throws {
    let ending = try await lanes("watch", "--", command)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("cannot start \(command): no such program"))
  }

  @Test func aCommandThatEndsAtOnce() async throws {
    let ending = try await lanes("watch", "--", "sh", "-c", "echo no such option >&2; exit 3")
    #expect(ending.status == 1)
    #expect(ending.errors.contains("status 3"))
    #expect((ending.text + ending.errors).contains("no such option"))
  }
}
