internal import EventSources
internal import Glibc

/// The memory that an environment has used where no control group counts it: the sum of the largest resident sets of
/// its processes, those that ran when init had ended. Memory that several of them share is counted for each.
struct ProcessPeaks {
  private let statuses: [KeptReading]
  /// The largest sum so far, with processes that have ended.
  private var megabytes: Int32?

  /// More are not looked at, as they are read for each invocation.
  private static let most = 8

  /// - Parameters:
  ///   - supervisor: its process, or the one that stands for it outside of its namespace.
  ///   - earlier: the measurements of processes that are gone.
  init(below supervisor: pid_t, after earlier: ProcessPeaks?) {
    var found: [pid_t] = []
    var parents = [supervisor]
    while let parent = parents.popLast(), found.count < Self.most {
      let children = Self.children(of: parent)
      parents += children
      found += children.filter { !["bwrap\n", "env-supervisor\n"].contains(smallFile("/proc/\($0)/comm")) }
    }
    statuses = found.prefix(Self.most).compactMap { KeptReading("/proc/\($0)/status") }
    megabytes = earlier?.megabytes
  }

  /// Returns the most that was ever measured, in whole MB, rounded up; nil where nothing was.
  mutating func measure() -> Int32? {
    // A dead process has no such line.
    let kilobytes = statuses.reduce(0) { $0 + ($1.number(after: "VmHWM:") ?? 0) }
    if kilobytes > 0 { megabytes = max(megabytes ?? 0, Int32(clamping: (kilobytes + 1023) / 1024)) }
    return megabytes
  }

  private static func children(of process: pid_t) -> [pid_t] {
    names(inFolder: "/proc/\(process)/task").flatMap { thread in
      smallFile("/proc/\(process)/task/\(thread)/children").split(separator: " ").compactMap { pid_t($0) }
    }
  }
}
