import LanesProgram
import SwimlaneUI

/// A terminal that keeps the frames shown on it and the calls to it.
struct TestTerminal: ProgramTerminal {
  private(set) var size: (columns: Int, rows: Int)
  let usesASCII = false
  let colorDepth = ColorDepth.many
  let isGone: Bool
  /// The number of frames shown, and the last of them.
  private(set) var count = 0
  private(set) var last = Frame(columns: 0, rows: 0)
  /// The number of times that the screen was given back for a while.
  private(set) var suspensions = 0
  /// The number of times that the contents of the screen were forgotten.
  private(set) var clearings = 0
  /// It was given back for good.
  private(set) var isRestored = false

  /// The sizes that it will have, one after another.
  private var sizes: ArraySlice<(columns: Int, rows: Int)>
  /// An action while it is given back.
  private let whileSuspended: @Sendable () -> Void

  /// - Parameter sizes: the first is that of the beginning; each further one is the next that the window gets.
  init(
    _ sizes: [(columns: Int, rows: Int)], isGone: Bool = false,
    whileSuspended: @escaping @Sendable () -> Void = {}
  ) {
    size = sizes.first ?? (120, 40)
    self.sizes = sizes.dropFirst()
    self.isGone = isGone
    self.whileSuspended = whileSuspended
  }

  mutating func show(_ frame: borrowing Frame) {
    last = copy frame
    count += 1
  }

  mutating func resized() { size = sizes.popFirst() ?? size }
  mutating func clear() { clearings += 1 }
  mutating func suspend() {
    suspensions += 1
    whileSuspended()
  }
  mutating func restore() { isRestored = true }
}
