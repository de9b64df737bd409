import LambdaLifecycle
import Testing

/// Init has ended at 0 ms.
/// - Parameters:
///   - internals: how many internal extensions register beside the external ones.
///   - shutdown: the extensions that register for SHUTDOWN.
private func idle(
  _ settings: EnvironmentSettings, internal internals: Int = 0, shutdown: UInt16 = .max, _ script: String
) throws -> Life {
  let external = settings.extensions.nonzeroBitCount
  let all = external + internals
  func register(_ indices: Range<Int>) -> String {
    indices.map { "0 extension \($0) registers\n0 extension \($0) next\n" }.joined()
  }
  return try Life(
    settings, shutdown: shutdown,
    "0 sandbox ready\n" + register(0..<external) + "0 function init\n" + register(external..<all)
      + "0 runtime next\n" + script)
}

@Suite("Shutdown")
struct ShutdownTests {
  @Test("without extensions: 0 ms, SIGKILL at once, no SIGTERM [Extensions API page; shutdown.go]")
  func withoutExtensions() throws {
    let life = try idle(.test(), "500 reclaim")
    #expect(
      life.orders.hasSuffix(
        """
        500 SIGKILL runtime
        500 gone spindown
        """))
    #expect(!life.orders.contains("SIGTERM"))
  }

  @Test("with an internal extension: SIGTERM and 500 ms [Extensions API page]")
  func internalExtension() throws {
    let life = try idle(.test(), internal: 1, "500 reclaim\n2000 …")
    #expect(
      life.orders.hasSuffix(
        """
        500 thaw
        500 SIGTERM runtime
        1000 SIGKILL runtime
        1000 gone spindown
        """))
    #expect(life.lanes.hasSuffix("runtime shutdown        ====k"))
  }

  @Test("an internal extension that has not registered changes nothing: 0 ms [Extensions API page]")
  func unregistered() throws {
    let life = try Life(.test(), Life.warm + "500 reclaim")
    #expect(life.orders.hasSuffix("500 SIGKILL runtime\n500 gone spindown"))
    #expect(!life.orders.contains("thaw"))
  }

  @Test("internal extensions beside external ones: 2,000 ms, no SHUTDOWN for them [Extensions API page]")
  func internalBesideExternal() throws {
    let life = try idle(
      .test(extensions: 1), internal: 1, "500 reclaim\n600 runtime exits\n700 extension 0 exits")
    #expect(
      life.orders.hasSuffix(
        """
        500 thaw
        500 SIGTERM runtime
        600 SHUTDOWN spindown until 2500 to extensions 0
        700 gone spindown
        """))
  }

  @Test("frozen processes that are to be told are thawed first [execution environment page]")
  func thaw() throws {
    let life = try idle(.test(extensions: 1), "500 reclaim\n600 runtime exits\n700 extension 0 exits")
    #expect(life.orders.contains("0 freeze\n500 thaw\n500 SIGTERM runtime"))
  }

  @Test("the runtime's share is a setting: 30 % of the time in AWS's code [shutdown.go]")
  func runtimeShare() throws {
    var settings = EnvironmentSettings.test(extensions: 1)
    settings.runtimeShutdownShare = .milliseconds(600)
    let life = try idle(settings, "500 reclaim\n1200 …")
    #expect(
      life.orders.hasSuffix("1100 SIGKILL runtime\n1100 SHUTDOWN spindown until 2500 to extensions 0"))
  }

  @Test("a process that failed before its environment was ended may still end [shutdown.go]")
  func failedBefore() throws {
    let life = try Life(
      extensions: 1,
      Life.warmOne + "300 request\n400 extension 0 ExitError\n450 extension 0 exits\n500 runtime exits")
    #expect(life.anomalies.isEmpty)
    #expect(life.environment.state == .reset)
  }

  @Test("with external extensions: SIGTERM, then SHUTDOWN when the runtime is gone [shutdown.go]")
  func order() throws {
    let life = try idle(
      .test(extensions: 2),
      """
      500 reclaim
      700 runtime exits
      900 extension 0 exits
      1000 extension 1 exits
      """)
    #expect(
      life.lanes.hasSuffix(
        """
        frozen             =====
        runtime shutdown        ==
        extension shutdown        ===
        """))
    #expect(
      life.orders.hasSuffix(
        """
        500 SIGTERM runtime
        700 SHUTDOWN spindown until 2500 to extensions 0,1
        1000 gone spindown
        """))
    #expect(
      life.extensionStates.hasSuffix(
        """
        900 extension 0 Exited
        1000 extension 1 Exited
        """))
  }

  @Test("the runtime has 300 ms of the 2,000, then SIGKILL [Extensions API page of 2022]")
  func runtimeOverruns() throws {
    let life = try idle(.test(extensions: 1), "500 reclaim\n1000 extension 0 exits")
    #expect(
      life.orders.hasSuffix(
        """
        500 SIGTERM runtime
        800 SIGKILL runtime
        800 SHUTDOWN spindown until 2500 to extensions 0
        1000 gone spindown
        """))
    #expect(
      life.lanes.hasSuffix(
        """
        runtime shutdown        ==k
        extension shutdown         ==
        """))
  }

  @Test("the end of a killed runtime's process is no error and changes nothing [shutdown.go]")
  func killedRuntimeExits() throws {
    let life = try idle(.test(extensions: 1), "500 reclaim\n810 runtime exits\n1000 extension 0 exits")
    #expect(life.anomalies.isEmpty)
    #expect(life.orders.hasSuffix("1000 gone spindown"))
  }

  @Test("2,000 ms in all, then SIGKILL for the extensions that overrun [Extensions API page]")
  func extensionOverruns() throws {
    let life = try idle(
      .test(extensions: 2),
      """
      500 reclaim
      600 runtime exits
      700 extension 1 exits
      3000 …
      """)
    #expect(
      life.orders.hasSuffix(
        """
        600 SHUTDOWN spindown until 2500 to extensions 0,1
        2500 SIGKILL extensions 0
        2500 gone spindown
        """))
    #expect(
      life.extensionStates.hasSuffix(
        """
        700 extension 1 Exited
        2500 extension 0 ShutdownFailed
        """))
    #expect(life.lanes.hasSuffix("extension shutdown       ==================k"))
  }

  @Test("SHUTDOWN only to those who registered for it, SIGKILL at once for the others [shutdown.go]")
  func subscribersOnly() throws {
    let life = try idle(
      .test(extensions: 3), shutdown: 0b010, "500 reclaim\n600 runtime exits\n800 extension 1 exits")
    #expect(
      life.orders.hasSuffix(
        """
        600 SIGKILL extensions 0,2
        600 SHUTDOWN spindown until 2500 to extensions 1
        800 gone spindown
        """))
  }

  @Test("nobody registered for SHUTDOWN: over as soon as the runtime is gone [shutdown.go]")
  func noSubscribers() throws {
    let life = try idle(.test(extensions: 2), shutdown: 0, "500 reclaim\n600 runtime exits")
    #expect(life.orders.hasSuffix("600 SIGKILL extensions 0,1\n600 gone spindown"))
  }

  @Test("an extension's exit while the runtime shuts down is no error [shutdown.go]")
  func extensionExitsEarly() throws {
    let life = try idle(
      .test(extensions: 1),
      """
      500 reclaim
      600 extension 0 exits
      700 runtime exits
      """)
    #expect(life.extensionStates.hasSuffix("600 extension 0 Exited"))
    #expect(life.orders.hasSuffix("500 thaw\n500 SIGTERM runtime\n700 gone spindown"))
    #expect(life.anomalies.isEmpty)
  }

  @Test("an extension that ends badly after SHUTDOWN has failed it, and nobody waits for it [shutdown.go]")
  func extensionCrashesInShutdown() throws {
    let life = try idle(
      .test(extensions: 1),
      """
      500 reclaim
      600 runtime exits
      800 extension 0 Crash
      """)
    #expect(life.extensionStates.hasSuffix("800 extension 0 ShutdownFailed"))
    #expect(life.orders.hasSuffix("800 gone spindown"))
    #expect(life.anomalies.isEmpty)
  }

  @Test("an environment that waits after a reset has no processes to end")
  func afterReset() throws {
    let life = try idle(.test(), "300 request\n400 runtime exits\n900 reclaim")
    #expect(life.orders.hasSuffix("900 gone spindown"))
    #expect(!life.orders.contains("SIG"))
    #expect(life.environment.state == .gone)
  }
}
