internal import EventSources

/// The groups that limit memory and processor time of this run's environments: their own of cgroup v2 where those have
/// the controllers, else groups of version 1 beside them.
struct ResourceGroups: Sendable {
  private enum Place: Sendable {
    /// The environments' own groups of v2.
    case shared
    case own(LimitFolder)
  }

  private let memory: Place?
  private let processors: Place?

  /// Finds the groups that can be had.
  /// - Parameter groups: of v2.
  init(beside groups: ControlGroups?) {
    func place(_ controller: String) -> Place? {
      if groups?.controllers.contains(controller) == true { return .shared }
      return LimitFolder(controller).map { .own($0) }
    }
    memory = place("memory")
    processors = place("cpu")
  }

  /// Remarks for a screen: the resources that cannot be limited here, and a function's part of a processor
  /// when init has ended.
  func notes(megabytes: Int32) -> [String] {
    let share = (Int(megabytes) * 100 + ProcessorGroup.megabytesOfOne / 2) / ProcessorGroup.megabytesOfOne
    return (memory == nil ? ["no memory limit"] : [])
      + (processors == nil ? ["no CPU share"] : share < 100 ? ["CPU \(share) % at \(megabytes) MB"] : [])
  }

  /// True where environments need groups of v2 for it.
  var needsControlGroups: Bool {
    if case .shared = memory { return true }
    if case .shared = processors { return true }
    return false
  }

  /// Makes the limits of one environment.
  /// - Parameters:
  ///   - birth: a number that no other one of this run has.
  ///   - group: its group of v2.
  func environment(_ birth: Int, _ group: ControlGroup?, megabytes: Int32) -> EnvironmentLimits {
    var folders: [String] = []
    func made(in place: Place?) -> (String, CgroupVersion)? {
      switch place {
      case nil: return nil
      case .shared: return group.map { ($0.folder, .two) }
      case .own(let folder):
        guard let path = folder.environment(birth) else { return nil }
        if !folders.contains(path) { folders.append(path) }
        return (path, .one)
      }
    }
    let memory = made(in: memory).map { MemoryGroup($0.0, $0.1) }
    let processors = made(in: processors).map { ProcessorGroup(folder: $0.0, version: $0.1) }
    return EnvironmentLimits(folders: folders, memory, processors, megabytes: megabytes)
  }

  /// Removes the groups that are left, at the end of the run.
  func remove() {
    for case .own(let folder) in [memory, processors].compactMap({ $0 }) { folder.remove() }
  }
}
