import LambdaLifecycle
import Testing

/// Init has ended at 0 ms.
private func idle(_ settings: EnvironmentSettings, _ script: String) throws -> Life {
  let count = settings.extensions.nonzeroBitCount
  let registers = (0..<count).map { "0 extension \($0) registers\n0 extension \($0) next\n" }.joined()
  return try Life(settings, "0 sandbox ready\n" + registers + "0 function init\n0 runtime next\n" + script)
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
    var settings = EnvironmentSettings.test()
    settings.internalExtensions = 1
    let life = try idle(settings, "500 reclaim\n2000 …")
    #expect(
      life.orders.hasSuffix(
        """
        500 SIGTERM runtime
        1000 SIGKILL runtime
        1000 gone spindown
        """))
    #expect(life.lanes.hasSuffix("runtime shutdown        ====k"))
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
    var settings = EnvironmentSettings.test(extensions: 3)
    settings.shutdownSubscribers = 0b010
    let life = try idle(settings, "500 reclaim\n600 runtime exits\n800 extension 1 exits")
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
    var settings = EnvironmentSettings.test(extensions: 2)
    settings.shutdownSubscribers = 0
    let life = try idle(settings, "500 reclaim\n600 runtime exits")
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
    #expect(life.orders.hasSuffix("500 SIGTERM runtime\n700 gone spindown"))
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
