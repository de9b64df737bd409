import LambdaLifecycle
import Testing

@Suite("Start orders wait until the processes before have been reaped")
struct StartGateTests {
  @Test("the runtime of the next generation is started when the killed one has been reaped")
  func runtime() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    #expect(
      run.orders() == [
        "environment in 0", "start runtime of 0, generation 1", "deliver 1 to 0 until 3100",
      ])
    // The timeout resets the environment: the runtime is killed, but not gone yet.
    run.go(to: 3_100)
    #expect(run.orders() == ["answer 1: timeout Sandbox.Timedout", "SIGKILL runtime of 0, generation 1"])
    run.request(2, at: 3_200)
    #expect(run.orders() == [])
    #expect(run.tell(.runtimeExited(.none, 1), at: 3_300) == .stale)
    #expect(run.orders() == ["start runtime of 0, generation 2"])
  }

  @Test("extensions too, and all of the former ones are waited for")
  func extensions() {
    var run = HandDriven { $0.addAgents(2) }
    run.request(1, at: 0)
    #expect(run.orders() == ["environment in 0", "start extensions 3 of 0, generation 1"])
    for index in UInt8(0)..<2 {
      run.tell(.extensionRegistered(index, [], 1), at: 10)
      run.tell(.extensionNext(index, 1), at: 10)
    }
    run.tell(.runtimeNext(1), at: 100)
    run.tell(.runtimeExited(.runtimeExitError, 1), at: 200)
    run.request(2, at: 250)
    // Nobody registered for SHUTDOWN: they are killed, and the environment is reset at once.
    #expect(
      run.orders() == [
        "start runtime of 0, generation 1", "deliver 1 to 0 until 3100", "answer 1: error Runtime.ExitError",
        "SIGKILL extensions 3 of 0, generation 1",
      ])
    run.tell(.extensionExited(1, 1), at: 300)
    #expect(run.orders() == [])
    run.tell(.extensionExited(0, 1), at: 310)
    #expect(run.orders() == ["start extensions 3 of 0, generation 2"])
  }

  @Test("what was never started is not killed, and not started later")
  func neverStarted() {
    var run = HandDriven { $0.timeout = .milliseconds(500) }
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    // The process cannot be killed for a long time. Two requests time out behind it.
    run.request(2, at: 700)
    run.go(to: 1_300)
    #expect(
      run.orders() == [
        "environment in 0", "start runtime of 0, generation 1", "deliver 1 to 0 until 600",
        "answer 1: timeout Sandbox.Timedout", "SIGKILL runtime of 0, generation 1",
        "answer 2: timeout Sandbox.Timedout",
      ])
    run.tell(.runtimeExited(.none, 1), at: 1_400)
    #expect(run.orders() == [])
    run.request(3, at: 1_500)
    #expect(run.orders() == ["start runtime of 0, generation 3"])
  }

  @Test("a process that could not be started is none to wait for")
  func launchError() {
    var run = HandDriven { $0.addAgents(1) }
    run.request(1, at: 0)
    run.tell(.extensionFailed(0, .extensionLaunchError, 1), at: 10)
    #expect(
      run.orders() == [
        "environment in 0", "start extensions 1 of 0, generation 1", "start extensions 1 of 0, generation 2",
      ])
  }

  @Test("a late exit of an environment that is gone does not count for the one that has its slot")
  func otherEnvironment() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.serve(at: 200)
    run.driver.shutDownAll(&run.log)
    _ = run.orders()
    run.request(2, at: 300)
    #expect(run.orders() == ["environment in 0", "start runtime of 0, generation 2"])
    run.tell(.runtimeExited(.none, 1), at: 310)
    run.tell(.runtimeNext(2), at: 400)
    run.tell(.runtimeExited(.runtimeExitError, 2), at: 500)
    run.request(3, at: 600)
    #expect(run.orders().last == "start runtime of 0, generation 3")
  }
}
