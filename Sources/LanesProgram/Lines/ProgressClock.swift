internal import Dispatch
internal import EventSources
internal import LambdaLifecycle

/// Shows that work is under way which cannot say how far it is, as an export: its name and the time it has taken.
package struct ProgressClock {
  private let timer: any DispatchSourceTimer
  private let queue = DispatchQueue(label: "lanes.progress")
  private let begin = monotonicTime()
  /// Milliseconds; shorter work shows nothing.
  private static let patience = 400

  /// Does the work, and shows its name while it lasts.
  package static func during<Value>(_ what: String, _ work: () throws -> Value) rethrows -> Value {
    let clock = ProgressClock(what)
    defer { clock.end() }
    return try work()
  }

  private init(_ what: String) {
    let begin = begin
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + .milliseconds(Self.patience), repeating: .milliseconds(100))
    timer.setEventHandler { ProgressLine.write("\(what), \((monotonicTime() &- begin) / .seconds(1)) s") }
    timer.resume()
  }

  private func end() {
    timer.cancel()
    // A line that is being written is written before it is erased.
    queue.sync {
      if monotonicTime() &- begin >= .milliseconds(Int64(Self.patience)) { ProgressLine.erase() }
    }
  }
}
