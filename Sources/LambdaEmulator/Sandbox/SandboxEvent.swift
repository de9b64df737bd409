internal import NIOCore

/// How a process ended.
enum ProcessEnd: Equatable, Sendable {
  case exited(Int32)
  case signaled(Int32)

  /// - Parameter status: what wait(2) gave: the signal in the lowest seven bits, or else the exit status above them.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
  }
}

/// What a sandbox tells its owner.
enum SandboxEvent: Sendable {
  case opened(Containment)
  /// It cannot be opened, or its supervisor has died: a sentence. Nothing follows.
  case failed(String)
  /// - Parameter pid: as its sandbox sees it, which in a namespace is another outside.
  case started(ProcessKey, pid: Int32)
  case notStarted(ProcessKey, errno: Int32)
  /// What it wrote has been told before.
  /// - Parameter peakMemoryKB: its largest resident set, or that of the largest process it waited for.
  case ended(ProcessKey, ProcessEnd, peakMemoryKB: Int64)
  case output(OutputOwner, ByteBuffer)
  /// Nothing of it is left, and nothing follows.
  case closed
}
