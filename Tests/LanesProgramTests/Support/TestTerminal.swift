import LanesProgram
import SwimlaneUI

/// A terminal that keeps what it is shown and what is done to it.
struct TestTerminal: ProgramTerminal {
  let size: (columns: Int, rows: Int)
  let usesASCII = false
  let colorDepth = ColorDepth.many
  let isGone: Bool
  /// How many frames were shown, and the last of them.
  private(set) var count = 0
  private(set) var last = Frame(columns: 0, rows: 0)
  /// How often the screen was given back for a while.
  private(set) var suspensions = 0
  /// It was given back for good.
  private(set) var isRestored = false

  /// What happens while it is given back.
  private let whileSuspended: @Sendable () -> Void

  init(columns: Int, rows: Int, isGone: Bool = false, whileSuspended: @escaping @Sendable () -> Void = {}) {
    size = (columns, rows)
    self.isGone = isGone
    self.whileSuspended = whileSuspended
  }

  var inputDescriptor: Int32 { -1 }

  mutating func readKeys() -> [Key] { [] }

  mutating func show(_ frame: borrowing Frame) {
    last = copy frame
    count += 1
  }

  mutating func resized() {}
  mutating func clear() {}
  mutating func suspend() {
    suspensions += 1
    whileSuspended()
  }
  mutating func restore() { isRestored = true }
}
