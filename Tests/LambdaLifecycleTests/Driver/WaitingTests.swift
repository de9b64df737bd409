import LambdaLifecycle
import Testing

@Suite("A request waits for a runtime that has answered and not yet asked")
struct WaitingTests {
  /// One environment that has answered its first request at 200 ms and not yet asked for the next one.
  private func answered(_ change: (inout FunctionScenario) -> Void = { _ in }) -> HandDriven {
    var run = HandDriven(change)
    run.request(1, at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.tell(.response(1, .success), at: 200)
    _ = run.orders()
    return run
  }

  @Test("it gets that environment as soon as the runtime asks")
  func warm() {
    var run = answered()
    run.request(2, at: 201)
    #expect(run.orders() == [])
    run.tell(.runtimeNext(1), at: 203)
    #expect(run.orders() == ["deliver 2 to 0 until 3203"])
    run.serve(at: 250)
    let request = Timeline(folding: run.log.events).requests[1]
    #expect(request.start == .warm)
    // It counts from its arrival, not from when it got the environment.
    #expect((request.arrival, request.answered) == (.milliseconds(201), .milliseconds(250)))
  }

  @Test("no limit takes a token before: a limit of one is no 429")
  func limit() {
    var run = answered { $0.reservedConcurrency = 1 }
    run.request(2, at: 201)
    run.tell(.runtimeNext(1), at: 203)
    #expect(run.orders() == ["deliver 2 to 0 until 3203"])
  }

  @Test("it waits no longer than it has patience, then it gets another environment")
  func patience() {
    var run = answered()
    run.request(2, at: 201)
    run.go(to: 300)
    #expect(run.orders() == [])
    run.go(to: 301)
    #expect(run.orders() == ["environment in 1", "start runtime of 1, generation 1"])
    // The first one is simply idle when it asks.
    run.tell(.runtimeNext(1), at: 400)
    #expect(run.orders() == [])
  }

  @Test("only one waits for an environment: another request is another environment's")
  func oneEach() {
    var run = answered()
    run.request(2, at: 201)
    run.request(3, at: 202)
    #expect(run.orders() == ["environment in 1", "start runtime of 1, generation 1"])
    run.tell(.runtimeNext(1), at: 203)
    #expect(run.orders() == ["deliver 2 to 0 until 3203"])
  }

  @Test("it gets whichever environment is free first, and the oldest that waits comes first")
  func whicheverIsFirst() {
    var run = HandDriven()
    run.request(1, at: 0)
    run.request(2, at: 0)
    run.tell(.runtimeNext(1), 0, at: 100)
    run.tell(.runtimeNext(1), 1, at: 100)
    run.tell(.response(1, .success), 0, at: 200)
    run.tell(.response(2, .success), 1, at: 200)
    _ = run.orders()
    run.request(3, at: 201)
    run.request(4, at: 202)
    #expect(run.orders() == [])
    // The first environment's runtime is slow.
    run.tell(.runtimeNext(1), 1, at: 203)
    #expect(run.orders() == ["deliver 3 to 1 until 3203"])
    run.tell(.runtimeNext(1), 0, at: 204)
    #expect(run.orders() == ["deliver 4 to 0 until 3204"])
  }

  @Test("extensions at work are not waited for")
  func extensions() {
    var run = HandDriven { $0.addAgents(1) }
    run.request(1, at: 0)
    run.tell(.extensionRegistered(0, .invoke, 1), at: 0)
    run.tell(.extensionNext(0, 1), at: 0)
    run.tell(.runtimeNext(1), at: 100)
    run.tell(.response(1, .success), at: 200)
    _ = run.orders()
    run.request(2, at: 201)
    #expect(run.orders().first == "environment in 1")
  }

  @Test("nor is one that is to go, or one that is idle already")
  func notWaitedFor() {
    var run = answered()
    run.driver.shutDownAll(&run.log)
    run.request(2, at: 201)
    #expect(run.orders().first == "environment in 1")

    var idle = answered()
    idle.request(2, at: 201)
    idle.tell(.runtimeNext(1), at: 203)
    idle.request(3, at: 204)
    #expect(idle.orders().last == "start runtime of 1, generation 1")
  }

  @Test("it does not wait for one that is told to go meanwhile")
  func shutDownMeanwhile() {
    var run = answered()
    run.request(2, at: 201)
    run.driver.shutDownAll(&run.log)
    #expect(run.orders() == ["environment in 1", "start runtime of 1, generation 1"])
  }

  @Test("after its patience it gets a 429 where there is no room")
  func throttledAfterPatience() {
    var run = answered { $0.reservedConcurrency = 1 }
    run.request(2, at: 201)
    run.go(to: 301)
    #expect(run.orders() == ["429 to 2: ReservedFunctionConcurrentInvocationLimitExceeded"])
  }

  @Test("where the invocation that it waits for times out, it starts the environment again")
  func timeoutMeanwhile() {
    var run = answered { $0.timeout = .milliseconds(150) }
    run.request(2, at: 201)
    run.go(to: 250)
    #expect(run.orders() == ["SIGKILL runtime of 0, generation 1"])
    run.tell(.runtimeExited(.none, 1), at: 252)
    #expect(run.orders() == ["start runtime of 0, generation 2"])
  }

  @Test("where the runtime ends instead, the request starts it again in its own invocation")
  func runtimeEnds() {
    var run = answered()
    run.request(2, at: 201)
    run.tell(.runtimeExited(.none, 1), at: 203)
    #expect(run.orders() == ["start runtime of 0, generation 2"])
  }
}
