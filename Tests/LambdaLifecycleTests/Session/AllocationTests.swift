import LambdaLifecycle
import Testing

@Suite("What a session says of what is to come")
struct AllocationTests {
  /// Two environments, the first after 1 s and one a second; each is ready 300 ms later.
  private func session() -> Session {
    var scenario = Scenario.small
    scenario.function.initializationType = .provisionedConcurrency
    var provisioned = ProvisionedConcurrency(environments: 2)
    provisioned.delay = .seconds(1)
    provisioned.perMinute = 60
    scenario.function.provisioned = provisioned
    var session = Session(simulating: scenario, seed: 1, start: 0)
    _ = session.fold()
    return session
  }

  private func go(_ session: inout Session, to milliseconds: Int64) {
    session.tick(elapsed: .milliseconds(milliseconds) - session.newest, clock: 0)
    _ = session.fold()
  }

  @Test("an allocation is told until all of it is there [provisioned concurrency page]")
  func allocation() {
    var session = session()
    #expect(session.allocations.map(\.wanted) == [2])
    #expect(session.allocations.map(\.ready) == [0])
    #expect(session.allocations.map(\.next) == [.seconds(1)])
    go(&session, to: 1_100)
    #expect(session.allocations.map(\.ready) == [0])
    go(&session, to: 1_400)
    #expect(session.allocations.map(\.ready) == [1])
    #expect(session.allocations.map(\.next) == [.seconds(2)])
    go(&session, to: 2_400)
    #expect(session.allocations.isEmpty)
    session.seek(to: .milliseconds(1_400))
    #expect(session.allocations.map(\.ready) == [1])
  }

  @Test("one that fails says so")
  func failed() {
    var scenario = session().simulation?.simulator.scenario ?? .small
    scenario.function.functionInit = .fixed(.seconds(200))
    var session = Session(simulating: scenario, seed: 1, start: 0)
    _ = session.fold()
    go(&session, to: 140_000)
    #expect(session.allocations.map(\.hasFailed) == [true])
  }

  @Test("where nothing can happen by itself, the session waits")
  func waits() {
    var session = Session(simulating: .small, seed: 1, start: 0)
    _ = session.fold()
    #expect(session.mode == .paused)
    #expect(session.wayOn == .request)
    _ = session.perform(.request(.normal))
    #expect(session.mode == .live)
    for _ in 0..<200 { session.tick(elapsed: .seconds(1), clock: 0) }
    _ = session.fold()
    #expect(session.mode == .paused)
    #expect(session.wayOn == .request)
    // A request is there, and the clock stands: now it is the clock that has to go on.
    session.togglePause()
    _ = session.perform(.request(.normal))
    #expect(session.mode == .paused)
    #expect(session.wayOn == .goOn)
  }

  @Test("only what the learner did alone would be lost")
  func ownActions() {
    var free = Session(simulating: .small, seed: 1, start: 0)
    #expect(!free.hasOwnActions)
    _ = free.perform(.request(.normal))
    #expect(free.hasOwnActions)

    var (asks, tells) = (LessonStep(), LessonStep())
    asks.task = LessonTask(.request, [.request(.normal)])
    tells.trigger.happening = .begins(.frozen)
    var lesson = Lesson(title: "a lesson")
    lesson.steps = [asks, tells]
    var led = Session(teaching: lesson, on: .small, seed: 1, start: 0)
    led.sendRequests(count: 1, .request)
    _ = led.goOn()
    #expect(!led.hasOwnActions)
    led.sendRequests(count: 5, .burst)
    #expect(led.hasOwnActions)
    // Back on the path it is void.
    _ = led.goOn()
    #expect(!led.hasOwnActions)
  }
}
