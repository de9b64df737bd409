internal import Glibc
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

// The fleet's end.

extension EmulatedFleet {
  /// The time that running invocations still get when the emulator ends, and the longest that a shutdown may take:
  /// extensions have 2,000 ms (runtimes-extensions-api page).
  private static let patience = TimeAmount.milliseconds(500)
  private static let shutdownPatience = TimeAmount.milliseconds(2_600)

  /// Takes no more requests, lets environments go, and after a while ends those that still run.
  func end(_ done: @escaping () -> Void) {
    isEnding = true
    ended = done
    traffic.stop()
    passTime()
    driver.end(&log)
    settle()
    loop.assumeIsolated().scheduleTask(in: Self.patience) { [weak self] in self?.killBusy() }
    loop.assumeIsolated().scheduleTask(in: Self.shutdownPatience) { [weak self] in self?.killAll() }
    finishIfEmpty()
  }

  /// Ends those that do not shut down already; where only extensions are still at work, their time goes on.
  private func killBusy() {
    for environment in environments.values {
      let isAnswered = environment.work.map { hasAnswer($0.call) } ?? isWorkingAfterAnswer(environment)
      if !isCurrent(environment) || !(isShuttingDown(environment) || isAnswered) { environment.close() }
    }
  }

  /// No environment works on a request.
  var isAtRest: Bool {
    !environments.values.contains { isCurrent($0) && driver.fleet.state(of: $0.slot) == .invoking }
  }

  /// Ends all processes at once.
  func killAll() {
    for environment in environments.values { environment.close() }
    finishIfEmpty()
  }

  func environmentClosed(_ environment: EmulatedEnvironment) {
    answerCaller(of: environment)
    forget(environment)
    handOn()
    finishIfEmpty()
  }

  /// Nothing of an environment can answer any more: its caller gets what he gets when a runtime is killed.
  private func answerCaller(of environment: EmulatedEnvironment) {
    guard isCurrent(environment), let work = environment.work, !hasAnswer(work.call) else { return }
    // Where its end has not been reported.
    if !environment.takeRunning().isEmpty { environment.end = ProcessEnd.signaled(SIGKILL).words }
    let generation = driver.fleet.generation(of: environment.slot)
    receive(.runtimeExited(.runtimeExitError, generation), environment)
  }

  /// Those whose requests have reached no function.
  private func refuseCallers() {
    let refusal = InvokeRefusal(
      .serviceUnavailable, "ServiceException", "lanes run has ended before the function could answer.")
    for call in calls.values where !call.isAnswered {
      call.caller?.refuse(refusal, [("X-Amzn-RequestId", call.id.uuid)])
    }
  }

  private func finishIfEmpty() {
    guard environments.isEmpty, let ended else { return }
    self.ended = nil
    refuseCallers()
    letGo()
    giveUpEvents()
    feed.take(from: &log)
    feed.finish(ended)
  }

  /// Gives back the system's resources.
  func letGo() {
    groups?.remove()
    resources?.remove()
    watch?.end()
    codeWatch?.close()
  }
}
