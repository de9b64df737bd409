import LambdaLifecycle
import Testing

@Suite("A driver in a world that a test is")
struct FleetDriverTests {
  @Test("a life from the first request to the end of the idle timeout, written down as it happens")
  func life() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.tell(.functionInitBegan(1), at: 40)
    run.tell(.runtimeNext(1), at: 100)
    run.serve(at: 150)
    run.go(to: 60_149)
    #expect(run.driver.births == [1])
    run.go(to: 60_150)
    #expect(run.driver.births == [])
    #expect(
      run.phases == [
        "0 env-1 create begins", "0 env-1 create ends success", "0 env-1 runtimeInit begins",
        "40 env-1 runtimeInit ends success", "40 env-1 functionInit begins",
        "100 env-1 functionInit ends success", "100 env-1 invoke begins", "150 env-1 invoke ends success",
        "150 env-1 frozen begins", "60150 env-1 frozen ends none", "60150 env-1 runtimeShutdown begins",
        "60150 env-1 runtimeShutdown ends success",
      ])
    #expect(run.driver.anomalies == 0)
  }

  @Test("deadlines pass by themselves: the caller has the timeout, the environment is reset")
  func timeout() {
    var run = HandDriven { $0.timeout = .milliseconds(500) }
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.go(to: 600)
    #expect(run.orders().contains("answer 1: timeout Sandbox.Timedout"))
    #expect(run.phases.contains("600 env-1 runtimeShutdown ends timeout"))
  }

  @Test(
    "an idle environment whose process ends gets no request while it shuts down, and one again afterwards")
  func endsWhileIdle() {
    var run = HandDriven { $0.addAgents(1) }
    run.request(1, at: 0)
    run.tell(.extensionRegistered(0, .shutdown, 1), at: 0)
    run.tell(.extensionNext(0, 1), at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.serve(at: 150)
    _ = run.orders()
    run.tell(.runtimeExited(.runtimeExitError, 1), at: 200)
    #expect(run.orders() == ["SHUTDOWN failure to extensions 1 of 0"])
    run.request(2, at: 250)
    #expect(run.orders() == ["environment in 1", "start extensions 1 of 1, generation 1"])
    run.tell(.extensionExited(0, 1), at: 300)
    run.request(3, at: 400)
    #expect(run.orders() == ["start extensions 1 of 0, generation 2"])
    // It stands in the list once: the next request finds no idle one.
    run.request(4, at: 410)
    #expect(run.orders() == ["environment in 2", "start extensions 1 of 2, generation 1"])
  }

  @Test("without an extension its reset is over at once: it stays idle, once")
  func resetWhileIdle() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.serve(at: 150)
    run.tell(.runtimeExited(.runtimeExitError, 1), at: 200)
    _ = run.orders()
    run.request(2, at: 250)
    run.request(3, at: 260)
    #expect(
      run.orders() == [
        "start runtime of 0, generation 2", "environment in 1", "start runtime of 1, generation 1",
      ])
  }

  @Test("of provisioned concurrency too: what shuts down is no place for a request")
  func provisionedEndsWhileIdle() {
    var run = HandDriven { function in
      function.initializationType = .provisionedConcurrency
      var provisioned = ProvisionedConcurrency(environments: 1)
      provisioned.delay = 0
      function.provisioned = provisioned
      function.addAgents(1)
    }
    run.go(to: 0)
    run.tell(.extensionRegistered(0, .shutdown, 1), at: 0)
    run.tell(.extensionNext(0, 1), at: 0)
    run.tell(.runtimeNext(1), at: 100)
    _ = run.orders()
    run.tell(.extensionExited(0, 1), at: 200)
    #expect(run.orders() == ["SIGTERM runtime of 0"])
    run.request(1, at: 250)
    #expect(run.orders().first == "environment in 1")
  }

  @Test("settings change the fleet and are passed on: memory ends idle environments, a rate is the world's")
  func settings() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.serve(at: 150)
    _ = run.orders()
    run.driver.set(.memory, to: 1_024, of: 0, &run.log)
    #expect(run.orders() == ["configure 0", "SIGKILL runtime of 0, generation 1", "0 is gone"])
    #expect(run.driver.births == [])
    run.driver.set(.requestRate, to: 2_000, of: nil, &run.log)
    #expect(run.orders() == ["rate 2000 to 0"])
    #expect(run.driver.settings.value(of: .memory) == 1_024)
    #expect(run.driver.settings.value(of: .requestRate) == 2_000)
    run.driver.set(.idleTimeout, to: .seconds(5), of: 0, &run.log)
    #expect(run.driver.settings.value(of: .idleTimeout) == .seconds(5))
  }

  @Test("an event that has failed three times is given up, of which its world is told once")
  func drop() {
    var run = HandDriven { $0.idleTimeout = .fixed(.seconds(1_000)) }
    run.request(-1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    var given: [String] = []
    for time in [150, 60_200, 180_300] as [Int64] {
      run.go(to: time)
      run.tell(.response(run.driver.fleet.invocation(of: 0), .error), at: time)
      run.tell(.runtimeNext(1), at: time)
      given.append(run.orders().filter { $0.hasPrefix("drop") }.joined())
    }
    #expect(given == ["", "", "drop -1"])
  }

  @Test("an event that fails is tried again by itself; a synchronous call is not")
  func retries() {
    var run = HandDriven()
    run.request(-1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.tell(.response(1, .error), at: 150)
    run.tell(.runtimeNext(1), at: 150)
    _ = run.orders()
    run.go(to: 60_149)
    #expect(run.orders() == [])
    run.go(to: 60_150)
    #expect(
      run.orders().first == "deliver -1 to 0 until 63150" || run.orders().first?.contains("deliver") == true)
    run.serve(at: 60_200)
    run.request(2, at: 60_300)
    run.tell(.response(run.driver.fleet.invocation(of: 0), .error), at: 60_400)
    run.tell(.runtimeNext(1), at: 60_400)
    _ = run.orders()
    run.go(to: 119_000)
    #expect(run.orders() == [])
  }

  @Test("an internal extension is named when it registers, and its init is written down")
  func internalExtension() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.driver.nameExtension(0, "in-process", in: 0, &run.log)
    run.tell(.extensionRegistered(0, .invoke, 1), at: 50)
    run.tell(.extensionNext(0, 1), at: 90)
    run.tell(.runtimeNext(1), at: 100)
    let names = run.log.events.compactMap { event -> String? in
      if case .phaseBegan(.extensionInit, let name) = event.kind {
        return "\(event.time / .milliseconds(1)) \(run.log.catalog.text(name))"
      }
      return nil
    }
    #expect(names == ["50 in-process"])
  }
}
