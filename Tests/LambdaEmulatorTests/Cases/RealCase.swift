import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

extension LifecycleCase {
  /// Obeys the files that exist beside it: so that init, which has no event, can be controlled too.
  private static let python = """
    import os, signal, time
    here = os.path.dirname(os.path.abspath(__file__))
    def told(name): return os.path.exists(os.path.join(here, name))
    def terminate(number, frame):
        print("terminated", flush=True)
        os._exit(0)
    signal.signal(signal.SIGTERM, terminate)
    if told("exitsInInit"): os._exit(1)
    if told("failsInit"): import no_such_module
    def handler(event, context):
        while told("together"): time.sleep(0.002)
        if told("raises"): raise ValueError("no")
        if told("exits"): os._exit(1)
        if told("hangs"): time.sleep(60)
        return "done"
    """

  private static let ext = """
    def work(event):
        if event["eventType"] == "INVOKE" and told("endsExtension"):
            await_file("answered")
            os._exit(1)
    register("INVOKE", "SHUTDOWN")
    loop(work)
    """

  /// The story of real processes.
  func real() async throws -> [String] {
    let extensions = hasExtension ? [(name: "ext", text: Self.ext)] : []
    let function = try await RunningFunction.start(Self.python, extensions: extensions) {
      $0.function = self.function
    }
    var (sent, watch) = (0, RestWatch())
    for step in steps {
      let (resets, gone) = (function.events.resets, function.events.gone)
      switch step {
      case .requests(let behaviour, let count):
        sent += count
        try await send(behaviour, count, to: function, altogether: sent)
      case .crash(let environment):
        function.emulator.perform(.crash(environment: environment))
        #expect(try await function.wait { $0.events.resets > resets }, "the crash")
      case .shutDown(let environment):
        function.emulator.perform(.shutDown(environment: environment))
        #expect(try await function.wait { $0.events.gone > gone }, "the shutdown")
      case .waitUntilGone:
        #expect(try await function.wait { $0.events.gone == $0.events.created }, "the idle timeout")
      }
      #expect(
        try await function.wait { watch.isAtRest($0.events, answers: sent) }, "rest after \(step)")
    }
    try await function.end()
    // Without an extension nobody is sent SIGTERM.
    #expect(function.output.contains("terminated") == hasExtension)
    return CaseStory(function.events, function.log).lines
  }

  private func send(
    _ behaviour: Behaviour, _ count: Int, to function: RunningFunction, altogether sent: Int
  ) async throws {
    let behaviourFile = try function.scratch.write([], to: behaviour.rawValue)
    defer { try? FileManager.default.removeItem(atPath: behaviourFile) }
    let together = count > 1 ? try function.scratch.write([], to: "together") : nil
    let address = function.emulator.address
    async let answers: Void = withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count { group.addTask { try await Self.call(address) } }
      try await group.waitForAll()
    }
    if let together {
      // Each has an environment of its own by then, or none.
      let isThere = try await function.wait {
        $0.events.arrived == sent && $0.events.invoked + $0.events.throttled == sent
      }
      #expect(isThere, "\(count) at once")
      try FileManager.default.removeItem(atPath: together)
    }
    try await answers
    guard behaviour == .endsExtension else { return }
    let resets = function.events.resets
    let answered = try function.scratch.write([], to: "answered")
    #expect(try await function.wait { $0.events.resets > resets }, "the extension's end")
    try FileManager.default.removeItem(atPath: answered)
  }

  private static func call(_ address: String) async throws {
    let client = try await waiting { try SmallClient(address) }
    _ = try await waiting { try client.call("{}") }
  }
}
