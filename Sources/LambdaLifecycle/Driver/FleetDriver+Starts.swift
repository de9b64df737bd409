// Where processes are real: none of them starts before those of the generation before have been reaped, and none is
// killed that has not been started.

extension FleetDriver {
  /// Passes the start of processes on, or holds it back.
  @inline(__always)
  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, _ slot: Int, _ log: inout EventLog
  ) {
    if World.reapsProcesses, !gates[slot].start(extensions: mask, generation) { return }
    // Extensions held back have not been started yet.
    note(.startExtensions(mask, generation), slot, &log)
    world.startExtensions(mask, generation, in: fleet.member(slot), at: now)
  }

  @inline(__always)
  mutating func startRuntime(_ generation: Generation, _ slot: Int) {
    if World.reapsProcesses, !gates[slot].start(runtime: true, generation) { return }
    world.startRuntime(generation, in: fleet.member(slot), requests, at: now)
  }

  /// The processes in a snapshot run from now on without having been started.
  mutating func restoreSnapshot(_ generation: Generation, _ slot: Int) {
    if World.reapsProcesses {
      _ = gates[slot].start(extensions: fleet.environments[slot].alive, runtime: true, generation)
    }
    world.restoreSnapshot(generation, in: fleet.member(slot), at: now)
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
  mutating func startHeld(_ slot: Int, _ log: inout EventLog) {
    let generation = fleet.generation(of: slot)
    let extensions = gates[slot].takeExtensions()
    if extensions != 0 { startExtensions(extensions, generation, slot, &log) }
    if gates[slot].takeRuntime() { startRuntime(generation, slot) }
  }

  // MARK: Ends of what has not been started

  /// A runtime that has not begun is not to be begun. Only without extensions can it wait, so it is never asked to end.
  @inline(__always)
  mutating func killRuntime(_ generation: Generation, _ slot: Int) {
    if World.reapsProcesses, gates[slot].takeRuntime() { return }
    world.killRuntime(generation, in: fleet.member(slot))
  }

  /// The same of extensions: those that wait have not registered, and get no SHUTDOWN.
  @inline(__always)
  mutating func killExtensions(_ mask: UInt16, _ generation: Generation, _ slot: Int) {
    let left = World.reapsProcesses ? mask & ~gates[slot].takeExtensions(mask) : mask
    if left != 0 { world.killExtensions(left, generation, in: fleet.member(slot)) }
  }
}
