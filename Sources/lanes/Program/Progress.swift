import Glibc
import LambdaLifecycle

/// A line on standard error that shows how far a long run is; nothing where that is no terminal.
final class Progress {
  private static let interval = Nanoseconds.milliseconds(100)

  private let runs: Int
  private let isShown = isatty(STDERR_FILENO) == 1
  private var ended = 0
  private var requestsBefore = 0
  /// A short run shows nothing.
  private var next = monotonicTime() + .milliseconds(400)
  private var hasWritten = false

  init(runs: Int) { self.runs = runs }

  /// - Parameter share: of the run under way, 0 to 1; nil where nobody knows.
  func show(requests: Int, share: Double?) {
    guard isShown, monotonicTime() >= next else { return }
    next = monotonicTime() + Self.interval
    hasWritten = true
    var line = "\r"
    if let share {
      let done = (Double(ended) + share) / Double(runs)
      let cells = Int(done * 30)
      let bar = String(repeating: "#", count: cells) + String(repeating: ".", count: 30 - cells)
      line += "[\(bar)] \(Int(done * 100)) %  "
    }
    if runs > 1 { line += "run \(ended + 1) of \(runs)  " }
    line += "\(requestsBefore + requests) requests\u{1B}[K"
    _ = writeAll(Array(line.utf8), to: STDERR_FILENO)
  }

  func runHasEnded(requests: Int) {
    ended += 1
    requestsBefore += requests
  }

  func clear() {
    if hasWritten { _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
    hasWritten = false
  }
}
