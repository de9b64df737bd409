/// The limits of one environment, as far as the machine lets us: its memory from the beginning, its processor time when
/// its first init has ended, as Lambda does.
struct EnvironmentLimits: Sendable {
  /// Files to which a process writes itself to be limited; none where its control group limits it already.
  let entrances: [String]
  /// Groups made for it, beside its control group.
  private let folders: [String]
  private let memory: MemoryGroup?
  private let processors: ProcessorGroup?
  private let megabytes: Int32

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

  /// From now on it has its share of processors, and no more.
  func limitProcessors() { processors?.limit(toShareOf: megabytes) }

  /// The number of its processes that the kernel has ended for want of memory; it only grows.
  var kills: Int64 { memory?.kills ?? 0 }

  /// The most memory it has used; nil where nobody knows.
  var peakMegabytes: Int32? { memory?.peakMegabytes }

  /// - Returns: true when its groups are gone; not while processes in them are still ending.
  func remove() -> Bool {
    folders.reduce(true) { ControlGroup(folder: $1).remove() && $0 }
  }
}
