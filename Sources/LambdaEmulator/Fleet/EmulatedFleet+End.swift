internal import LambdaLifecycle
internal import NIOCore

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
    forget(environment)
    handOn()
    finishIfEmpty()
  }

  private func finishIfEmpty() {
    guard environments.isEmpty, let ended else { return }
    self.ended = nil
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
