/// Holds back the start of an environment's processes until those of the generation before have been reaped: two
/// generations at once would share its memory limit, its files and its addresses.
struct StartGate: Sendable {
  /// Processes that run or have not been reaped, and of which generation the latest of them are.
  private var running = 0
  private var generation: Generation
  /// Of the environment's first processes. Earlier ones were of another environment in the same slot.
  private let first: Generation
  /// Extensions that wait to be started.
  private(set) var heldExtensions: UInt16 = 0
  private(set) var holdsRuntime = false

  init(first: Generation) {
    self.first = first
    generation = first
  }

  /// Processes are to start.
  /// - Returns: false where they have to wait.
  mutating func start(extensions: UInt16 = 0, runtime: Bool = false, _ generation: Generation) -> Bool {
    guard running == 0 || generation == self.generation else {
      heldExtensions = extensions
      holdsRuntime = runtime
      return false
    }
    self.generation = generation
    running += extensions.nonzeroBitCount + (runtime ? 1 : 0)
    return true
  }

  /// A process has been reaped, or could not be started.
  /// - Returns: true where what waits can be started now.
  mutating func reaped(_ generation: Generation) -> Bool {
    // The count goes on from one environment in a slot to the next, and around.
    guard running > 0, generation &- first <= self.generation &- first else { return false }
    running -= 1
    return running == 0 && (holdsRuntime || heldExtensions != 0)
  }

  /// Takes out what waits, to be started or because it is to end before it has begun.
  mutating func takeRuntime() -> Bool {
    defer { holdsRuntime = false }
    return holdsRuntime
  }

  /// - Parameter mask: the extensions that are meant.
  mutating func takeExtensions(_ mask: UInt16 = .max) -> UInt16 {
    defer { heldExtensions &= ~mask }
    return heldExtensions & mask
  }
}
