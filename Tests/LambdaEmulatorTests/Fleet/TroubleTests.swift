import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Failures around a function, not in it.
@Suite(.serialized, .timeLimit(.minutes(3))) struct TroubleTests {
  /// Prints lines of 64 KiB, and counts in a file how many it could.
  private static let talkative = """
    import os
    def handler(event, context):
        for number in range(event.get("lines", 0)):
            print(f"{number:05}" + "x" * 65530, flush=True)
            with open("part", "w") as file: file.write(str(number + 1))
            os.rename("part", "count")
        return "told"
    """

  @Test("Whoever does not read what a function prints keeps it waiting, and loses nothing")
  func stalledReader() async throws {
    let function = try await RunningFunction.start(Self.talkative) {
      $0.function.timeout = .seconds(2)
    }
    // 64 MiB: more than is kept for somebody who does not look.
    let answer = try await function.call(#"{"lines": 1024}"#)
    #expect(answer.body.contains("Task timed out after 2.00 seconds"))
    // Callers are heard again, as soon as somebody reads.
    #expect(try await function.wait { $0.phases.contains("runtimeShutdown timeout") })
    #expect(try await function.call("{}").body == #""told""#)
    try await function.end()
    let printed = try #require(
      Int(try String(contentsOfFile: function.scratch.file("count"), encoding: .utf8)))
    #expect((64...512).contains(printed), "8 MiB of events and what is on its way, not all of it: \(printed)")
    // The lines that were printed whole, and perhaps one more, after which it had no time to count.
    let numbers = function.output.filter { $0.utf8.count == 65_535 }.map { Int($0.prefix(5)) }
    #expect((printed...printed + 1).contains(numbers.count))
    #expect(numbers == Array(0..<numbers.count))
  }

  @Test("Callers wait for a reader that is behind, and are answered when it has caught up")
  func callersWait() async throws {
    let function = try await RunningFunction.start(Self.talkative) { $0.function.timeout = .seconds(30) }
    let (address, count) = (function.emulator.address, function.scratch.file("count"))
    async let first = RunningFunction.call(address, #"{"lines": 200}"#)
    // Output that nobody reads is kept up to 8 MiB; the rest waits.
    while (try? String(contentsOfFile: count, encoding: .utf8)).flatMap({ Int($0) }) ?? 0 < 128 {
      try await Task.sleep(for: .milliseconds(5))
    }
    // It hands events on every 100 ms: after more than that it knows, too, of the output that nobody takes.
    try await Task.sleep(for: .milliseconds(400))
    let client = try SmallClient(address)
    async let second = waiting { try client.call("{}") }
    // So many turns of its loop, in one of which it would have heard the call.
    for _ in 0..<100 { _ = try await waiting { [emulator = function.emulator] in emulator.fleetSettings } }
    let caughtUp = Date().timeIntervalSince1970
    #expect(try await function.wait { $0.output.count == 200 })
    #expect(try await first.body == #""told""#)
    #expect(try await second.body == #""told""#)
    try await function.end()
    #expect(function.output.count == 200)
    let arrivals = function.events.filter { $0.kind == .requestArrived }.map { Double($0.time) / 1e9 }
    #expect(arrivals.count == 2)
    #expect(arrivals[0] < caughtUp)
    #expect(arrivals[1] >= caughtUp)
  }

  @Test("Who waits for a request when lanes ends gets the answer that is reported")
  func endsInTheMiddle() async throws {
    let function = try await RunningFunction.start(
      "import time\ndef handler(event, context):\n    print('at work', flush=True)\n    time.sleep(60)\n"
    ) { $0.function.timeout = .seconds(60) }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.output == ["at work"] })
    try await function.end()
    let told = try await answer
    #expect(told.status == 200)
    #expect(told.fields["x-amz-function-error"] == "Unhandled")
    #expect(told.body.contains("errorType"), "\(told.body)")
  }

  @Test("Who waits for an init when lanes ends is not left without an answer")
  func endsInInit() async throws {
    let function = try await RunningFunction.start(
      "import time\nprint('at work', flush=True)\ntime.sleep(60)\n")
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.output == ["at work"] })
    try await function.end()
    let told = try await answer
    #expect(told.status == 200 || told.status == 503)
    #expect(!told.body.isEmpty)
  }

  @Test(
    "Where no supervisor can be started, the caller is told so, the environment goes, and the next one is tried"
  )
  func noSupervisor() async throws {
    let function = try await RunningFunction.start(Self.talkative) { $0.supervisor = "/nowhere/lanes" }
    for count in 1...2 {
      let answer = try await function.call()
      #expect(answer.fields["x-amz-function-error"] == "Unhandled")
      #expect(answer.body.contains("/nowhere/lanes"), "\(answer.body)")
      #expect(try await function.wait { $0.gone == count })
    }
    #expect(function.markers.allSatisfy { $0.contains("/nowhere/lanes cannot be started") })
    #expect(function.markers.count == 2)
    #expect(function.created == 2)
    try await function.end()
  }
}
