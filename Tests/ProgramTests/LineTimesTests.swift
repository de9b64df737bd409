import Foundation
import TestSupport
import Testing

/// Milliseconds of every line of a function's own module, on every way that they come.
@Suite(.needs(.lanes, .python)) struct LineTimesTests {
  private struct Told: Decodable {
    struct Part: Decodable {
      var name: String
      var file: String?
      var line: Int?
      var text: String?
      var duration: Double
      var counts: Bool
    }
    struct ColdStart: Decodable {
      var duration: Double
      var parts: [Part]
    }
    var coldStarts: [ColdStart]
  }

  /// Line 7 takes 60 ms, and says so in the literal.
  private static let function = """
    # 1
    import json
    import time


    # A secret stands on the line.
    time.sleep(0.06 if "hunter2" else 0)


    def handler(event, context):
        return 42
    """

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Self.function.utf8, to: "app.py")
    return scratch
  }

  private func expectLine7(in recording: String, of arguments: String...) async throws {
    let summary = try await lanes("summary", "--json", recording)
    let told = try JSONDecoder().decode(Told.self, from: Data(summary.output))
    let coldStart = try #require(told.coldStarts.first)
    let seven = try #require(coldStart.parts.first { $0.file == "app.py" && $0.line == 7 })
    #expect(seven.duration >= 0.06, "\(seven.duration)")
    // Both are rounded to microseconds, part by part.
    let sum = coldStart.parts.filter(\.counts).reduce(0) { $0 + $1.duration }
    #expect(abs(sum - coldStart.duration) < 1e-6)
  }

  /// One cold start of the function, recorded as session.jsonl.
  private func record(_ scratch: Scratch, _ options: String...) async throws -> Ending {
    let ending = try await ProgramTests.run(
      try Peer.lanes.required(),
      ["run", "--no-aws", "--code", scratch.path, "--invoke", "1", "--record", scratch.file("session.jsonl")]
        + options + ["app.handler"])
    #expect(ending.status == 0, "\(ending.errors)")
    return ending
  }

  @Test func runTellsThem() async throws {
    let scratch = try scratch()
    let recording = scratch.file("session.jsonl")
    let ending = try await record(scratch)
    try await expectLine7(in: recording)
    #expect(!ending.errors.contains("hunter2") && !ending.text.contains("hunter2"))
    // Literals are not for others.
    let text = try scratch.text("session.jsonl")
    #expect(!text.contains("hunter2"))
    #expect(text.contains(#"time.sleep(0.06 if \"…\" else 0)"#))
    let words = try await lanes("summary", recording)
    #expect(words.text.contains("app.py:7"))
    // Conditions know lines by their texts.
    let guarded = try await lanes(
      "summary", recording, "--fail-if", #"line("time.sleep").ms > 50"#, "--fail-if",
      #"line("pandas").ms > 1"#,
      "--fail-if", #"line("time.sleep").ms > 60000"#)
    #expect(guarded.status == 1)
    let failures = guarded.errors.split(separator: "\n")
    #expect(failures.count == 2)
    #expect(failures.first?.contains(#"line("time.sleep").ms > 50: it is "#) == true)
    #expect(failures.last?.contains("no line of 1 cold start") == true)
  }

  @Test func offMeansOff() async throws {
    let scratch = try scratch()
    _ = try await record(scratch, "--no-why")
    #expect(try !scratch.text("session.jsonl").contains("lineRan"))
  }

  @Test func textsAreToldWhereTheyAreAskedFor() async throws {
    let scratch = try scratch()
    _ = try await record(scratch, "--why-text")
    #expect(try scratch.text("session.jsonl").contains(#"time.sleep(0.06 if \"hunter2\" else 0)"#))
  }

  /// The real emulator with the real runtime client, which lanes only starts.
  @Test(.needs(.emulator)) func anotherEmulatorTellsThem() async throws {
    let scratch = try scratch()
    let ports = try Loopback.freePorts(2)
    let command = [
      "record", "-o", "session.jsonl", "--why", "--", try Peer.emulator.required(),
      "--runtime-interface-emulator-address", "127.0.0.1:\(ports[0])", "--runtime-api-address",
      "127.0.0.1:\(ports[1])", try Peer.python.required(), "-m", "awslambdaric", "app.handler",
    ]
    _ = try await ProgramTests.run(try Peer.lanes.required(), command, directory: scratch.path) { process in
      let answer = try await eventually("an answer of the emulator") {
        try? await Loopback.invoke(port: ports[0], "{}")
      }
      #expect(answer.hasSuffix("42"))
      kill(process, SIGTERM)
    }
    try await expectLine7(in: scratch.file("session.jsonl"))
    let lines = try scratch.text("session.jsonl").split(separator: "\n")
    if Peer.checkJSONSchema.path != nil || Peer.areRequired { try await expectValid(lines, in: scratch) }
  }

  /// The lines that the layer of demos/why-layer leaves in a log of CloudWatch.
  @Test func aLogOfCloudWatchTellsThem() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      INIT_START Runtime Version: python:3.13.v11\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:ab
      lanes: line app.py:7 60.2 ms at 95.4 ms time.sleep(0.06)
      lanes: init app.py 64.1 ms, lines 64.1; before it: process 31.0, runtime 60.1; lanes 1.9
      START RequestId: 459921b5-681c-4a96-beb0-81e0aa586026 Version: $LATEST
      END RequestId: 459921b5-681c-4a96-beb0-81e0aa586026
      REPORT RequestId: 459921b5-681c-4a96-beb0-81e0aa586026\tDuration: 1.52 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 35 MB\tInit Duration: 160.30 ms

      """.utf8, to: "log.txt")
    try await expectLine7(in: scratch.file("log.txt"))
  }

  @Test func aHookIsForACommand() async throws {
    let ending = try await lanes("watch", "--why", "some.log")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("-- COMMAND"))
  }
}
