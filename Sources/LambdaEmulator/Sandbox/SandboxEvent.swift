internal import NIOCore

/// The end of a process.
enum ProcessEnd: Equatable, Sendable {
  case exited(Int32)
  case signaled(Int32)

  /// - Parameter status: the status of wait(2): the signal in the lowest seven bits, or
  ///   else the exit status above them.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
  }
}

/// An event that a sandbox reports to its owner.
enum SandboxEvent: Sendable {
  case opened(Containment)
  /// It cannot be opened, or its supervisor has died, as a sentence says. Nothing follows.
  case failed(String)
  /// - Parameter pid: as its sandbox sees it, which in a namespace is another outside.
  case started(ProcessKey, pid: Int32)
  case notStarted(ProcessKey, errno: Int32)
  /// Its output has been reported before.
  /// - Parameter peakMemoryKB: its largest resident set, or that of the largest process it waited for.
  case ended(ProcessKey, ProcessEnd, peakMemoryKB: Int64)
  case output(OutputOwner, ByteBuffer)
  /// Nothing of it is left, and nothing follows.
  case closed
}
