/// What limits one environment, as far as the machine lets us: its memory from the beginning, its processor time when its
/// first init has ended, as Lambda does.
final class EnvironmentLimits {
  /// Files to which a process writes itself to be limited; none where its control group limits it already.
  let entrances: [String]
  /// Groups made for it, beside its control group.
  private let folders: [String]
  private let memory: MemoryGroup?
  private let processors: ProcessorGroup?
  private let megabytes: Int32
  private var killsSeen: Int64 = 0
  private var hasShare = false

  init(
    folders: [String], _ memory: MemoryGroup?, _ processors: ProcessorGroup?, megabytes: Int32
  ) {
    self.folders = folders
    entrances = folders.map { "\($0)/cgroup.procs" }
    self.memory = memory
    self.processors = processors
    self.megabytes = megabytes
    memory?.limit(megabytes: megabytes)
  }

  /// Init has ended: from now on it has its share of processors. Whether Lambda lifts that for an init after a reset is
  /// nowhere said; here it stays.
  func initHasEnded() {
    guard !hasShare else { return }
    hasShare = true
    processors?.limit(toShareOf: megabytes)
  }

  /// Whether the kernel has ended a process of it for want of memory since this was asked last.
  func hasRunOutOfMemory() -> Bool {
    let kills = memory?.kills ?? 0
    defer { killsSeen = kills }
    return kills > killsSeen
  }

  /// The most memory it has used; nil where nobody knows.
  var peakMegabytes: Int32? { memory?.peakMegabytes }

  /// - Returns: whether its groups are gone; not while processes in them are still ending.
  func remove() -> Bool {
    folders.reduce(true) { ControlGroup(folder: $1).remove() && $0 }
  }
}
