// Where processes are real: none of them starts before those of the generation before have been reaped.

extension FleetDriver {
  /// Passes the start of processes on, or holds it back.
  @inline(__always)
  mutating func startExtensions(_ mask: UInt16, _ generation: Generation, _ slot: Int) {
    if World.reapsProcesses, !gates[slot].start(extensions: mask, generation) { return }
    world.startExtensions(mask, generation, in: fleet.member(slot), at: now)
  }

  @inline(__always)
  mutating func startRuntime(_ generation: Generation, _ slot: Int) {
    if World.reapsProcesses, !gates[slot].start(runtime: true, generation) { return }
    world.startRuntime(generation, in: fleet.member(slot), requests, at: now)
  }

  /// Takes note of what a signal says of a process: that it has been reaped, or could not be started.
  /// - Returns: true where what waits for it can be started.
  mutating func isLastReaped(_ signal: Signal, _ slot: Int) -> Bool {
    switch signal {
    case .runtimeExited(_, let generation), .extensionExited(_, let generation),
      .extensionFailed(_, .extensionLaunchError, let generation):
      gates[slot].reaped(generation)
    default: false
    }
  }

  /// Starts what has waited.
  mutating func startHeld(_ slot: Int) {
    let generation = fleet.generation(of: slot)
    let extensions = gates[slot].takeExtensions()
    if extensions != 0 { startExtensions(extensions, generation, slot) }
    if gates[slot].takeRuntime() { startRuntime(generation, slot) }
  }

  // MARK: Ends of what has not been started

  /// A runtime that has not begun is not to be begun. Only without extensions can it wait, so it is never asked to end.
  @inline(__always)
  mutating func killRuntime(_ slot: Int) {
    if World.reapsProcesses, gates[slot].takeRuntime() { return }
    world.killRuntime(fleet.member(slot))
  }

  /// The same of extensions: those that wait have not registered, and get no SHUTDOWN.
  @inline(__always)
  mutating func killExtensions(_ mask: UInt16, _ slot: Int) {
    let left = World.reapsProcesses ? mask & ~gates[slot].takeExtensions(mask) : mask
    if left != 0 { world.killExtensions(left, in: fleet.member(slot)) }
  }
}
