internal import EventSources
internal import Glibc
internal import LambdaLifecycle
internal import TimelineExport

/// A line on standard error that is written again and again, and erased at the end; nothing where that is no terminal.
package struct ProgressLine {
  private static let interval = Nanoseconds.milliseconds(100)

  package init() {}

  /// Standard error is a terminal.
  static var isShown: Bool { isatty(STDERR_FILENO) == 1 }
  /// Work that is soon over shows nothing.
  private var next = monotonicTime() + .milliseconds(400)
  private var hasWritten = false

  /// Writes the line, where it is time to.
  /// - Parameter text: evaluated only when it is time to write.
  package mutating func show(_ text: @autoclosure () -> String) {
    guard Self.isShown, monotonicTime() >= next else { return }
    next = monotonicTime() + Self.interval
    hasWritten = true
    Self.write(text())
  }

  /// Leaves nothing of the line.
  package mutating func clear() {
    if hasWritten { Self.erase() }
    hasWritten = false
  }

  /// Says something that stays, above the line.
  package mutating func say(_ sentence: String) {
    clear()
    writeError("lanes: \(sentence)")
  }

  /// A bar for a share from 0 to 1.
  static func bar(_ share: Double) -> String {
    let share = min(1, max(0, share))
    let cells = Int(share * 30)
    let bar = String(repeating: "#", count: cells) + String(repeating: ".", count: 30 - cells)
    return "[\(bar)] \(Int(share * 100)) %"
  }

  /// Writes the line over the one before.
  static func write(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    // A line that is broken over two could not be erased. It has names from outside.
    let line = String(text.printable.prefix(max(10, columns - 1)))
    _ = writeAll(Array("\r\(line)\u{1B}[K".utf8), to: STDERR_FILENO)
  }

  /// Leaves nothing of the line.
  static func erase() {
    guard isatty(STDERR_FILENO) == 1 else { return }
    _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
  }

  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

extension Inputs {
  /// The progress of reading that comes to an end.
  var progress: String {
    var text = "reading  "
    if !readsLogGroups, let share = readShare { text += ProgressLine.bar(share) + "  " }
    if inputs.count > 1 {
      text += "\(endedCount) of \(inputs.count) \(readsLogGroups ? "log groups" : "files")  "
    }
    return text + "\(lines) lines"
  }
}
