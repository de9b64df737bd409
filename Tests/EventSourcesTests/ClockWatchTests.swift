import LambdaLifecycle
import Testing

@testable import EventSources

/// Clocks that go back.
@Suite struct ClockWatchTests {
  private let one = EnvironmentID(rawValue: 1)
  private let two = EnvironmentID(rawValue: 2)

  private func answer(_ seconds: Int64, _ environment: EnvironmentID) -> LifecycleEvent {
    LifecycleEvent(
      time: .seconds(1_000_000 + seconds), environment: environment,
      kind: .requestAnswered(.success, errorType: .none))
  }

  private func steps(_ events: [LifecycleEvent]...) -> [String] {
    var watch = ClockWatch()
    return events.flatMap { watch.look(at: $0[...]).map(\.description) }
  }

  @Test func aStepBack() {
    let told = steps([answer(0, one), answer(7_500, one)], [answer(300, one), answer(310, one)])
    #expect(told == ["its clock went back by 2 h 0 min: what came since is drawn before what was"])
    #expect(
      steps([answer(200, one), answer(75, one)]).map { $0.hasPrefix("its clock went back by 2 min 5 s") } == [
        true
      ])
  }

  @Test func severalEnvironmentsHaveOneClock() {
    let told = steps([answer(9_000, one), answer(9_001, two), answer(1, one), answer(2, two)])
    #expect(told.count == 1)
  }

  @Test func disorderAndOtherEnvironmentsAreNoStep() {
    #expect(steps([answer(30, one), answer(0, one), answer(31, one)]).isEmpty)
    #expect(steps([answer(9_000, one), answer(0, two), answer(1, two)]).isEmpty)
    let began = LifecycleEvent(
      time: .seconds(1_000_000), environment: one, kind: .phaseBegan(.invoke, extensionName: .none))
    #expect(steps([answer(800, one), began, answer(801, one)]).isEmpty)
  }
}
