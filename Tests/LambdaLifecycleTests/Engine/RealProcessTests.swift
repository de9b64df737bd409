import LambdaLifecycle
import Testing

/// The things that real processes do and a simulated one does not.
@Suite("Real processes")
struct RealProcessTests {
  @Test("an init that nobody divides is one piece: no function init is made up [Runtime API page]")
  func undividedInit() throws {
    let life = try Life("0 sandbox ready\n400 runtime next\n500 request\n600 response\n600 runtime next")
    #expect(
      life.lanes == """
        runtime init       ====
        invoke                  =
        frozen                 = >
        """)
    #expect(life.answers.contains("report: duration 100 init 400 success"))
    #expect(life.anomalies.isEmpty)
  }

  @Test("where freezing is off, the time between invocations is idle: nothing is frozen, nothing is thawed")
  func neverFrozen() throws {
    var settings = EnvironmentSettings.test(extensions: 0, timeout: 3_000)
    settings.freezes = false
    let life = try Life(
      settings, "0 sandbox ready\n400 runtime next\n500 request\n600 response\n600 runtime next\n900 reclaim")
    #expect(
      life.lanes == """
        runtime init       ====
        invoke                  =
        runtime shutdown            |
        """)
    for word in ["freeze", "thaw", "frozen"] { #expect(!life.answers.contains(word)) }
    #expect(life.anomalies.isEmpty)
  }

  @Test("a beginning of function init that comes after its end divides nothing")
  func lateFunctionInit() throws {
    let life = try Life(
      extensions: 1,
      """
      0 sandbox ready
      0 extension 0 registers
      400 runtime next
      500 function init
      600 extension 0 next
      """)
    #expect(life.anomalies == ["functionInitBegan in functionInit"])
    #expect(life.lanes.hasPrefix("extension init     |\nruntime init       ====\n"))
    #expect(!life.lanes.contains("function init"))
  }

  @Test("an undivided init that fails has failed once: in the runtime's")
  func undividedFailure() throws {
    let life = try Life("0 request\n0 sandbox ready\n300 runtime exits\n400 runtime exits")
    #expect(
      life.lanes == """
        runtime init       ==xx
        invoke                 x
        runtime shutdown      xx
        """)
  }

  // MARK: init/error

  @Test("init/error counts at once, also of a process that lives on: it is ended [Runtime API page]")
  func initError() throws {
    let life = try Life("0 sandbox ready\n300 init fails\n500 …")
    #expect(life.orders == "0 start runtime\n300 SIGKILL runtime")
    #expect(life.answers == "300 init report: duration 300 error Runtime.Unknown")
    #expect(life.environment.state == .reset)
    #expect(life.environment.generation == 2)
  }

  @Test("with an extension the runtime has its share of time to end [Extensions API page]")
  func initErrorWithExtension() throws {
    let life = try Life(
      extensions: 1,
      """
      0 sandbox ready
      100 extension 0 registers
      300 init fails
      400 runtime exits
      450 extension 0 exits
      """)
    #expect(
      life.orders == """
        0 start extensions 0
        100 start runtime
        300 SIGTERM runtime
        400 SHUTDOWN failure until 2300 to extensions 0
        """)
    #expect(life.environment.state == .reset)
  }

  @Test(
    "the caller of a failed suppressed init has the runtime's own error type [troubleshooting-invocation page]"
  )
  func ownErrorType() throws {
    var catalog = Catalog()
    let own = ErrorType(catalog.name("Runtime.MyOwnError"))
    var life = try Life("0 request\n0 sandbox ready")
    life.receive(.runtimeInitFailed(own, 1), at: .milliseconds(200))
    life.receive(.runtimeInitFailed(own, 2), at: .milliseconds(400))
    let answers = life.told.compactMap { told in
      if case .respond(1, let outcome, let error) = told.action { (outcome, error) } else { nil }
    }
    #expect(answers.count == 1)
    #expect(answers.first?.0 == .error)
    #expect(catalog.text(answers.first?.1.name ?? .none) == "Runtime.MyOwnError")
  }

  @Test("after its Next a runtime has no init to fail [Runtime API states of the emulator]")
  func initErrorTooLate() throws {
    let life = try Life(Life.warm + "100 init fails\n200 request\n300 init fails")
    #expect(life.anomalies == ["runtimeInitFailed in ready", "runtimeInitFailed in invoking"])
  }

  // MARK: An end while nothing is to be done

  @Test(
    "a process that ends while it waits for the next event resets the environment",
    arguments: [
      "runtime exits", "extension 0 exits", "extension 0 ExitError",
    ])
  func endsInReady(signal: String) throws {
    var life = try Life(
      extensions: 1, Life.warmOne + "300 \(signal)\n400 runtime exits\n500 extension 0 exits")
    #expect(life.environment.state == .reset)
    #expect(life.environment.generation == 2)
    try life.go(
      on: """
        1000 request
        1100 extension 0 registers
        1100 extension 0 next
        1300 runtime next
        1400 response
        1400 runtime next
        1400 extension 0 next
        """)
    // The suppressed init is part of the duration.
    #expect(life.answers.hasSuffix("1400 report: duration 400 success"))
    #expect(life.environment.state == .ready)
  }

  @Test(
    "an extension that says that it has failed, and lives on, is ended [Extensions API page]",
    arguments: [
      ("100 extension 0 InitError", "start extensions 0\n100 SIGKILL extensions 0"),
      ("100 extension 0 exits", "start extensions 0"),
      ("100 extension 0 LaunchError", "start extensions 0"),
    ])
  func extensionLivesOn(script: String, orders: String) throws {
    let life = try Life(extensions: 1, "0 sandbox ready\n" + script)
    #expect(life.orders == "0 " + orders)
    #expect(life.environment.state == .reset)
  }

  @Test("what ended the standing still is told where it ends: nothing else would tell of it")
  func errorBetweenInvocations() throws {
    let life = try Life(Life.warm + "300 out of memory")
    let ends = life.told.compactMap { told in
      if case .ended(.frozen, let outcome, let error) = told.action {
        "\(outcome) \(error.text)"
      } else {
        nil
      }
    }
    #expect(ends == ["error Runtime.OutOfMemory"])
  }

  @Test("without an extension the reset is over at once, and nothing is thawed for it")
  func endsAlone() throws {
    let life = try Life(Life.warm + "300 runtime exits\n500 …")
    #expect(
      life.lanes == """
        runtime init       |
        function init      |
        frozen             ==x
        runtime shutdown      x
        """)
    #expect(life.orders == "0 start runtime\n0 freeze")
  }

  // MARK: What comes with Register

  @Test("what an extension registered for holds for its generation: after a reset it may be something else")
  func subscriptionsAnew() throws {
    var life = try Life(
      extensions: 1,
      Life.warmOne + """
        100 request
        200 runtime exits
        300 extension 0 exits
        400 request
        """)
    #expect(life.orders.contains("100 deliver to extensions 0"))
    life.receive(.extensionRegistered(0, [], 2), at: .milliseconds(500))
    try life.go(on: "500 extension 0 next\n600 runtime next\n700 response\n700 runtime next")
    #expect(life.environment.state == .ready)
    #expect(life.orders.hasSuffix("600 deliver to runtime\n700 freeze"))
    // It gets no SHUTDOWN either.
    try life.go(on: "800 reclaim\n900 runtime exits")
    #expect(life.orders.hasSuffix("900 SIGKILL extensions 0\n900 gone spindown"))
  }

  // MARK: Deadlines

  /// The deadlines that the runtime and the extensions get with an invocation, in milliseconds; -1 for none.
  private func deadlines(_ life: Life) -> [Int64] {
    life.told.compactMap { told in
      switch told.action {
      case .deliver(_, let deadline, _), .deliverToExtensions(_, _, let deadline, _):
        deadline == .never ? -1 : deadline / .milliseconds(1)
      default: nil
      }
    }
  }

  @Test("an event says when its invocation times out [Runtime API page: Lambda-Runtime-Deadline-Ms]")
  func deadline() throws {
    let life = try Life(extensions: 1, timeout: 1_000, Life.warmOne + "300 request")
    #expect(deadlines(life) == [1_300, 1_300])
  }

  @Test("after a suppressed init the invocation has what init has left [execution environment page]")
  func deadlineAfterSuppressedInit() throws {
    let life = try Life(
      timeout: 1_000,
      Life.warm + """
        300 request
        400 runtime exits
        500 request
        900 runtime next
        """)
    #expect(deadlines(life) == [1_300, 1_500])
  }

  @Test("without a timeout no deadline passes", arguments: [InitializationType.onDemand, .managedInstances])
  func noTimeout(type: InitializationType) throws {
    var settings = EnvironmentSettings.test()
    settings.timeout = .never
    let life = try Life(settings, type: type, Life.warm + "300 request\n900000 …")
    #expect(deadlines(life) == [-1])
    #expect(life.environment.state == .invoking)
  }

  @Test("a limit beyond the end of time is none: the next one passes all the same")
  func limitBeyondTheEnd() throws {
    var settings = EnvironmentSettings.test()
    settings.timeout = .never - 1
    let life = try Life(settings, Life.warm + "300 request")
    #expect(deadlines(life) == [-1])
  }

  // MARK: Answers to the caller of the API

  @Test(
    "an answer is accepted once, is stale when its invocation is over, and is rejected twice [Runtime API page]"
  )
  func receptions() throws {
    var life = try Life(Life.warm + "300 request")
    func receive(_ signal: Signal) -> Reception {
      var (environment, actions) = (life.environment, ActionBuffer())
      return environment.receive(signal, at: .milliseconds(400), life.settings, into: &actions)
    }
    #expect(receive(.response(7, .success)) == .stale)
    #expect(receive(.runtimeNext(1)) == .rejected)
    #expect(receive(.response(1, .success)) == .accepted)
    life.receive(.response(1, .success), at: .milliseconds(400))
    #expect(receive(.response(1, .success)) == .rejected)
    #expect(receive(.extensionNext(0, 1)) == .rejected)
    #expect(receive(.runtimeNext(0)) == .stale)
    life.receive(.runtimeNext(1), at: .milliseconds(500))
    #expect(receive(.response(1, .success)) == .stale)
  }

  @Test("it is about to be free when its runtime has answered and no extension is at work")
  func aboutToBeFree() throws {
    var life = try Life(extensions: 1, Life.warmOne + "300 request\n400 response")
    #expect(!life.environment.isAboutToBeFree)
    try life.go(on: "500 extension 0 next")
    #expect(life.environment.isAboutToBeFree)
    try life.go(on: "600 runtime next")
    #expect(!life.environment.isAboutToBeFree)
  }
}
