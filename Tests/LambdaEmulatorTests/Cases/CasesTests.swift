import LambdaLifecycle
import Testing

/// One table of lives: real processes and the simulator have the same story for each.
@Suite(.serialized, .timeLimit(.minutes(3))) struct CasesTests {
  @Test("The simulator tells it", arguments: cases)
  func simulated(_ example: LifecycleCase) {
    #expect(example.simulated() == example.simulatedStory ?? example.story)
  }

  @Test("Real processes tell it", arguments: cases)
  func real(_ example: LifecycleCase) async throws {
    let story = try await example.real()
    #expect(story == example.story)
  }

  private static let cases: [LifecycleCase] =
    [
      LifecycleCase(
        name: "cold, then warm", steps: [.request, .request],
        story: ["environment 1: \(warm)", "request 1: cold success in 1", "request 2: warm success in 1"]),
      LifecycleCase(
        name: "an exception of the handler leaves the environment warm",
        steps: [.requests(.raises), .request],
        story: ["environment 1: \(warm)", "request 1: cold error in 1", "request 2: warm success in 1"]),
      LifecycleCase(
        name: "an exit of the handler resets; the next request initialises anew",
        steps: [.requests(.exits), .request],
        story: [
          "environment 1: create, init, invoke error, runtimeShutdown failure, \(again)",
          "request 1: cold error Runtime.ExitError in 1", "request 2: reinit success in 1",
        ]),
      LifecycleCase(
        name: "a timeout resets; the next request initialises anew", steps: [.requests(.hangs), .request],
        story: [
          "environment 1: create, init, invoke timeout, runtimeShutdown timeout, \(again)",
          "request 1: cold timeout Sandbox.Timedout in 1", "request 2: reinit success in 1",
        ]),
      LifecycleCase(
        name: "an exit in init, and again in the init that is tried within the request",
        steps: [.requests(.exitsInInit), .request],
        story: [
          "environment 1: create, \(failedTwice), \(again)",
          "request 1: cold error Runtime.ExitError in 1", "request 2: reinit success in 1",
        ]),
      LifecycleCase(
        name: "an init that fails by its own words, and again", steps: [.requests(.failsInit), .request],
        story: [
          "environment 1: create, \(failedTwice), \(again)",
          "request 1: cold error Runtime.ImportModuleError in 1", "request 2: reinit success in 1",
        ],
        // It ends without a word.
        simulatedStory: [
          "environment 1: create, \(failedTwice), \(again)",
          "request 1: cold error Runtime.ExitError in 1", "request 2: reinit success in 1",
        ]),
      LifecycleCase(
        name: "two requests at once get an environment each", steps: [.requests(.answers, count: 2)],
        story: [
          "environment 1: \(served)", "environment 2: \(served)", "request 1: cold success in 1",
          "request 2: cold success in 2",
        ]),
      LifecycleCase(
        name: "with a reserved concurrency of 1 the second of two is throttled", reservedConcurrency: 1,
        steps: [.requests(.answers, count: 2), .request],
        story: [
          "environment 1: \(warm)", "request 1: cold success in 1",
          "request 2: throttled ReservedFunctionConcurrentInvocationLimitExceeded",
          "request 3: warm success in 1",
        ]),
      LifecycleCase(
        name: "shut down while frozen; the next request gets a new one",
        steps: [.request, .shutDown(environment: 1), .request],
        story: [
          "environment 1: \(served)", "environment 2: \(served)", "request 1: cold success in 1",
          "request 2: cold success in 2",
        ]),
      LifecycleCase(
        name: "the idle timeout", idleTimeout: .milliseconds(200),
        steps: [.request, .waitUntilGone, .request, .waitUntilGone],
        story: [
          "environment 1: \(served)", "environment 2: \(served)", "request 1: cold success in 1",
          "request 2: cold success in 2",
        ]),
      LifecycleCase(
        name: "a runtime that is killed while it is frozen resets",
        steps: [.request, .crash(environment: 1), .request],
        story: [
          "environment 1: create, init, invoke, frozen error, runtimeShutdown failure, \(again)",
          "request 1: cold success in 1", "request 2: reinit success in 1",
        ],
        // Its processes are stopped, not killed: they end when they run again, and the next request finds out.
        simulatedStory: [
          "environment 1: create, init, invoke, frozen, invoke error, runtimeShutdown failure, gone spindown",
          "request 1: cold success in 1", "request 2: warm error Runtime.ExitError in 1",
        ]),
    ] + withExtension

  private static let withExtension: [LifecycleCase] = [
    LifecycleCase(
      name: "an extension: cold, then warm, then shut down", hasExtension: true, steps: [.request, .request],
      story: [
        "environment 1: create, extensionInit, init, invoke, frozen, invoke, frozen, \(shutDown)",
        "ext in 1: Started, Registered, Ready, Exited", "request 1: cold success in 1",
        "request 2: warm success in 1",
      ]),
    LifecycleCase(
      name: "an extension and a timeout", hasExtension: true, steps: [.requests(.hangs), .request],
      story: [
        "environment 1: create, extensionInit, init, invoke timeout, runtimeShutdown timeout, "
          + "extensionShutdown timeout, \(extensionAgain)",
        "ext in 1: \(twice)", "request 1: cold timeout Sandbox.Timedout in 1",
        "request 2: reinit success in 1",
      ]),
    LifecycleCase(
      name: "an extension, and a runtime that ends", hasExtension: true,
      steps: [.requests(.exits), .request],
      story: [
        "environment 1: create, extensionInit, init, invoke error, runtimeShutdown failure, "
          + "extensionShutdown failure, \(extensionAgain)",
        "ext in 1: \(twice)", "request 1: cold error Runtime.ExitError in 1",
        "request 2: reinit success in 1",
      ]),
    LifecycleCase(
      name: "an extension that ends when the caller has its answer", hasExtension: true,
      steps: [.requests(.endsExtension), .request],
      story: [
        "environment 1: create, extensionInit, init, invoke error, runtimeShutdown failure, \(extensionAgain)",
        "ext in 1: Started, Registered, Ready, ExitError by Extension.Crash, Started, Registered, Ready, Exited",
        "request 1: cold success in 1", "request 2: reinit success in 1",
      ]),
    LifecycleCase(
      name: "an extension, shut down while frozen", hasExtension: true,
      steps: [.request, .shutDown(environment: 1), .request],
      story: [
        "environment 1: create, extensionInit, init, invoke, frozen, \(shutDown)",
        "ext in 1: Started, Registered, Ready, Exited",
        "environment 2: create, extensionInit, init, invoke, frozen, \(shutDown)",
        "ext in 2: Started, Registered, Ready, Exited", "request 1: cold success in 1",
        "request 2: cold success in 2",
      ]),
  ]

  private static let shutDown = "runtimeShutdown, extensionShutdown, gone spindown"
  /// After a reset.
  private static let extensionAgain = "extensionInit, init, invoke, frozen, \(shutDown)"
  private static let twice = "Started, Registered, Ready, Exited, Started, Registered, Ready, Exited"

  private static let served = "create, init, invoke, frozen, runtimeShutdown, gone spindown"
  private static let warm = "create, init, invoke, frozen, invoke, frozen, runtimeShutdown, gone spindown"
  /// After a reset.
  private static let again = "init, invoke, frozen, runtimeShutdown, gone spindown"
  private static let failedTwice =
    "init error, runtimeShutdown failure, init error, invoke error, runtimeShutdown failure"
}
