internal import LambdaLifecycle
internal import NIOCore

/// Requests at a steady rate.
struct SteadyTraffic {
  private var task: RepeatedTask?

  /// - Parameters:
  ///   - rate: requests in 1,000 seconds; 0 for none.
  ///   - send: sends one.
  mutating func set(_ rate: Int64, on loop: any EventLoop, _ send: @escaping () -> Void) {
    stop()
    guard rate > 0 else { return }
    let pause = TimeAmount.nanoseconds(max(1, .seconds(1_000) / rate))
    let send = NIOLoopBound(send, eventLoop: loop)
    task = loop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in send.value() }
  }

  mutating func stop() {
    task?.cancel()
    task = nil
  }
}
