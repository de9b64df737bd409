import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// What goes wrong around a function, not in it.
@Suite(.serialized, .timeLimit(.minutes(3))) struct TroubleTests {
  /// Prints lines of 64 KiB, and counts in a file how many it could.
  private static let talkative = """
    import os
    def handler(event, context):
        for number in range(event.get("lines", 0)):
            print("x" * 65535)
            with open("count", "w") as file: file.write(str(number + 1))
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
    let printed = try #require(
      Int(try String(contentsOfFile: function.scratch.file("count"), encoding: .utf8)))
    #expect((64...512).contains(printed), "8 MiB of events and what is on its way, not all of it: \(printed)")
    #expect(try await function.wait { $0.phases.last == "runtimeShutdown timeout" })
    let whole = function.output.count { $0.utf8.count == 65_535 }
    #expect((printed...printed + 1).contains(whole))
    // Callers are heard again.
    #expect(try await function.call("{}").body == #""told""#)
    try await function.end()
  }

  @Test("Callers wait for a reader that is behind, and are answered when it has caught up")
  func callersWait() async throws {
    let function = try await RunningFunction.start(Self.talkative)
    let first = try await function.call(#"{"lines": 150}"#)
    #expect(first.body == #""told""#)
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.output.count >= 150 })
    #expect(try await answer.body == #""told""#)
    try await function.end()
    #expect(function.output.count == 150)
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
