import Foundation
import TestSupport
import Testing

/// Recordings made without a screen.
@Suite(.needs(.lanes)) struct RecordTests {
  private let session = Repository.path("demos/first-session.jsonl")

  @Test func aStreamFromAPipe() async throws {
    let scratch = try Scratch()
    let ending = try await run(
      try Peer.lanes.required(), ["record", "-o", scratch.file("again.jsonl"), "-"], input: session)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.text.isEmpty)
    #expect(ending.errors.contains("recording stdin to "))
    #expect(ending.errors.contains("79 events in "))
    let (before, after) = (
      try await lanes("summary", "--json", session),
      try await lanes("summary", "--json", scratch.file("again.jsonl"))
    )
    let statistics = [before, after].map { ending in
      (try? JSONSerialization.jsonObject(with: Data(ending.output)) as? [String: Any])?["statistics"]
        as? NSDictionary
    }
    #expect(statistics[0] != nil && statistics[0] == statistics[1])
  }

  /// The recording of another format says the same as its source.
  @Test func converted() async throws {
    let scratch = try Scratch()
    let capture = Repository.path("Tests/LambdaEventFormatsTests/Fixtures/rie/timeout2s-info.log")
    let ending = try await lanes("convert", capture, "-o", scratch.file("session.jsonl"))
    #expect(ending.status == 0, "\(ending.errors)")
    let texts = [
      try await lanes("summary", "--markdown", capture),
      try await lanes("summary", "--markdown", scratch.file("session.jsonl")),
    ]
    #expect(texts[0].text.contains("cold start"))
    #expect(texts[0].text == texts[1].text)
  }

  @Test func joined() async throws {
    let scratch = try Scratch()
    let ending = try await lanes("convert", session, session, "-o", scratch.file("both.jsonl"))
    #expect(ending.status == 0, "\(ending.errors)")
    let text = try await lanes("summary", "--markdown", scratch.file("both.jsonl")).text
    #expect(text.contains("| requests | 8 |"))
    #expect(text.contains("| cold starts | 4 |"))
  }

  @Test func whatACommandPrints() async throws {
    let scratch = try Scratch()
    let ending = try await lanes("record", "-o", scratch.file("new.jsonl"), "--", "cat", session)
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.contains("79 events in "))
  }

  @Test(arguments: [("exit 3", 3), ("kill -KILL $$", 137), ("exit 0", 0)] as [(String, Int32)])
  func endsAsItsCommand(end: String, status: Int32) async throws {
    let scratch = try Scratch()
    let ending = try await lanes(
      "record", "-o", scratch.file("new.jsonl"), "--", "sh", "-c", "cat \(session); \(end)")
    #expect(ending.status == status)
    #expect(ending.errors.contains("79 events in "))
  }

  /// A disk on which there is room for a part: the count is of the whole lines that are there.
  @Test func aDiskThatFillsUp() async throws {
    let scratch = try Scratch()
    let file = scratch.file("part.jsonl")
    let ending = try await run(
      "/bin/sh",
      ["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" record -o \"$1\" -", try Peer.lanes.required(), file],
      input: session)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("has stopped: File too large"))
    let text = try scratch.text("part.jsonl")
    #expect(text.hasSuffix("}\n"))
    let lines = text.split(separator: "\n").count
    #expect(lines > 1)
    #expect(ending.errors.contains("lanes: \(lines - 1) events in "), "\(ending.errors)")
  }

  /// Nobody can catch SIGKILL; the processes started end all the same, those too that have left the group.
  @Test func killed() async throws {
    let scratch = try Scratch()
    var processes: [ProcessEntry] = []
    let ending = try await run(
      try Peer.lanes.required(),
      ["record", "-o", scratch.file("new.jsonl"), "--", "sh", "-c", "setsid sleep 600 & sleep 601"]
    ) { number in
      processes = try await eventually("lanes and what it started") {
        let family = ProcessEntry.all().first { $0.number == number }?.family() ?? []
        return family.count { $0.command.hasPrefix("sleep 60") } == 2 ? family : nil
      }
      kill(number, SIGKILL)
    }
    #expect(ending.status == 128 + SIGKILL)
    let started = processes
    try await eventually("no process to be left", found: { "\(started.filter(\.isRunning))" }) {
      started.contains(where: \.isRunning) ? nil : true
    }
  }

  @Test func aClockThatGoesBack() async throws {
    let scratch = try Scratch()
    let header =
      #"{"format":"lambda-lanes-recording","version":1,"origin":"2026-01-01T00:00:00Z","source":"rie"}"#
    let answers = [0, 9_000, 100, 200].map { second in
      #"{"time":\#(second),"event":"requestAnswered","environment":"e","function":"f","requestId":"r\#(second)"}"#
    }
    try scratch.write(Array(([header] + answers).joined(separator: "\n").utf8), to: "back.jsonl")
    let ending = try await lanes("watch", "--plain", "-", input: scratch.file("back.jsonl"))
    #expect(ending.errors.contains("lanes: stdin: its clock went back by 2 h 28 min"), "\(ending.errors)")
  }

  @Test func aFullDisk() async throws {
    let ending = try await run(
      try Peer.lanes.required(), ["record", "-o", "/dev/full", "-"], input: session)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("recording to /dev/full has stopped: No space left on device"))
  }

  @Test func aFileThatIsThere() async throws {
    let ending = try await run(
      try Peer.lanes.required(), ["record", "-o", session, "-"], input: session)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("exists and is not empty"))
  }
}

/// Parts of recordings.
@Suite(.needs(.lanes)) struct ConvertPartTests {
  private let session = Repository.path("demos/first-session.jsonl")

  @Test func aPart() async throws {
    let scratch = try Scratch()
    let ending = try await lanes("convert", session, "--end", "1ms", "-o", scratch.file("part.jsonl"))
    #expect(ending.status == 0, "\(ending.errors)")
    let report = try await lanes("summary", "--markdown", scratch.file("part.jsonl")).text
    #expect(report.contains("| requests | 1 |"), "\(report)")
  }

  @Test func nothingThere() async throws {
    let scratch = try Scratch()
    let ending = try await lanes(
      "convert", session, "--environment", "nobody", "-o", scratch.file("part.jsonl"))
    #expect(ending.status == 1)
    #expect(
      ending.errors.contains(
        "--environment nobody: no environment and no function has this name. There is hello"))
    #expect(
      try await lanes("convert", session, "--start", "9h", "-o", scratch.file("part.jsonl")).status == 1)
    #expect(
      try await lanes("convert", session, "--environment", "env-*", "-o", scratch.file("part.jsonl")).status
        == 0)
  }

  /// The first request and its cold start lie before the part: they are there, and no figure counts them.
  @Test func figuresOfAPart() async throws {
    let scratch = try Scratch()
    let part = scratch.file("part.jsonl")
    let ending = try await lanes("convert", session, "--start", "2s", "-o", part)
    #expect(ending.status == 0, "\(ending.errors)")
    let header = try String(contentsOfFile: part, encoding: .utf8).split(separator: "\n")[0]
    #expect(header.contains("\"begin\":2.0"), "\(header)")
    let figures = try await lanes("summary", "--json", part).text
    let cut = try await lanes("summary", "--json", session, "--start", "2s").text
    func statistics(_ text: String) throws -> NSDictionary? {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return object?["statistics"] as? NSDictionary
    }
    #expect(try statistics(figures) == statistics(cut))
    let whole = try await SummaryDocument(of: session).statistics
    let counted = try await SummaryDocument(of: part).statistics
    #expect(counted.requests < whole.requests && counted.coldStarts == whole.coldStarts - 1)
    // Converted once more, it begins where it did.
    let again = scratch.file("again.jsonl")
    _ = try await lanes("convert", part, "-o", again)
    #expect(try await statistics(lanes("summary", "--json", again).text) == statistics(figures))
  }

  @Test func replacedOnlyIfSaid() async throws {
    let scratch = try Scratch()
    let file = scratch.file("part.jsonl")
    #expect(try await lanes("convert", session, "-o", file).status == 0)
    let refused = try await lanes("convert", session, "-o", file)
    #expect(refused.status == 1 && refused.errors.contains("replace it with --force"))
    #expect(try await lanes("convert", session, "-o", file, "--force").status == 0)
    let itself = try await lanes("convert", file, "-o", file, "--force")
    #expect(itself.status == 2 && itself.errors.contains("is what is read"))
    #expect(try await lanes("summary", file).status == 0)
  }

  @Test func theWrongWayRound() async throws {
    let scratch = try Scratch()
    let ending = try await lanes(
      "convert", session, "--start", "5s", "--end", "1s", "-o", scratch.file("part.jsonl"))
    #expect(ending.status != 0)
    #expect(ending.errors.contains("--start lies after --end"))
  }
}
