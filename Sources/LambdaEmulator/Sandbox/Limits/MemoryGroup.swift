internal import Glibc

/// The control group that limits an environment's memory and counts the memory used.
final class MemoryGroup: Sendable {
  private let folder: String
  private let version: CgroupVersion
  /// Read for each invocation.
  private let peak: KeptReading?
  private let events: KeptReading?

  init(_ folder: String, _ version: CgroupVersion) {
    self.folder = folder
    self.version = version
    peak = KeptReading("\(folder)/\(version == .two ? "memory.peak" : "memory.max_usage_in_bytes")")
    events = KeptReading("\(folder)/\(version == .two ? "memory.events" : "memory.oom_control")")
  }

  /// Sets the limit.
  /// - Returns: true where the system took it.
  @discardableResult
  func limit(megabytes: Int32) -> Bool {
    let bytes = "\(Int64(megabytes) << 20)"
    switch version {
    case .two:
      // Where there is no swap, there is no such file.
      writeSmallFile("\(folder)/memory.swap.max", "0")
      return writeSmallFile("\(folder)/memory.max", bytes)
    case .one:
      let isLimited = writeSmallFile("\(folder)/memory.limit_in_bytes", bytes)
      // Memory and swap together: never more than the memory alone.
      writeSmallFile("\(folder)/memory.memsw.limit_in_bytes", bytes)
      return isLimited
    }
  }

  /// The most it has ever used, in whole MB, rounded up; nil where nothing has run in it yet, or the kernel does not
  /// say (v2 before Linux 5.19).
  var peakMegabytes: Int32? {
    guard let bytes = peak?.firstNumber, bytes > 0 else { return nil }
    return Int32(clamping: (bytes + (1 << 20) - 1) >> 20)
  }

  /// The number of its processes that the kernel has ended because there was no memory left; it only grows.
  var kills: Int64 { events?.number(after: "oom_kill ") ?? 0 }
}
