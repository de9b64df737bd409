internal import CSupervisor
internal import EventSources
internal import Glibc

/// The groups of one run, one for each environment, in a folder `lanes-PID` where cgroup v2 lets us make one.
final class ControlGroups: Sendable {
  let folder: String
  /// Locked as long as we live, whichever process gets our number later.
  private let lock: Int32
  /// The controllers, of `memory` and `cpu`, that the environments' groups limit.
  let controllers: Set<String>

  private init?(in parent: String) {
    folder = "\(parent)/lanes-\(getpid())"
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { return nil }
    lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // Each by itself: the system enables all that are written at once, or none.
    for name in ["memory", "cpu"] where Self.words("\(folder)/cgroup.controllers").contains(name) {
      writeSmallFile("\(folder)/cgroup.subtree_control", "+\(name)")
    }
    controllers = Self.words("\(folder)/cgroup.subtree_control").intersection(["memory", "cpu"])
    guard lock >= 0 else { return nil }
    flock(lock, LOCK_EX | LOCK_NB)
    guard let trial = environment(0), lanes_can_freeze(trial.folder), Self.remove(trial.folder) else {
      remove()
      return nil
    }
  }

  deinit { if lock >= 0 { close(lock) } }

  /// Finds groups that can be had: tries to move a process to one and to freeze it.
  /// - Returns: nil where there is no cgroup v2, or none for us.
  static func find() -> ControlGroups? {
    for parent in bestParents() {
      if let groups = ControlGroups(in: parent) { return groups }
    }
    return nil
  }

  /// Makes the group of an environment.
  /// - Parameter birth: a number that no other one of this run has.
  func environment(_ birth: Int) -> ControlGroup? {
    let group = ControlGroup(folder: "\(folder)/env-\(birth)")
    return mkdir(group.folder, 0o755) == 0 || errno == EEXIST ? group : nil
  }

  /// Ends whatever is in them and removes them, at the end of the run.
  func remove() { Self.endAndRemove(folder) }

  /// Ends and removes the groups of earlier runs that were killed.
  static func removeStale() {
    let parents = [nil, "memory", "cpu"].flatMap { CgroupMount.parents(ofController: $0) }
    for parent in Set(parents) {
      for name in names(inFolder: parent) where name.hasPrefix("lanes-") {
        guard let pid = pid_t(name.dropFirst(6)), pid > 0 else { continue }
        let folder = "\(parent)/\(name)"
        // In a container, the number of a living run may name no process to us: its lock shows that it lives.
        if Glibc.kill(pid, 0) != 0, errno == ESRCH, isUnlocked(folder) { endAndRemove(folder) }
      }
    }
  }

  private static func isUnlocked(_ folder: String) -> Bool {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) == 0
  }

  /// Ends whatever is in a run's groups and removes them.
  static func endAndRemove(_ folder: String) {
    // Beside them lie the system's own files.
    for name in names(inFolder: folder) where name.hasPrefix("env-") {
      ControlGroup(folder: "\(folder)/\(name)").kill()
      _ = remove("\(folder)/\(name)")
    }
    _ = remove(folder)
  }

  /// Waits for those who are ending, a second at most.
  private static func remove(_ folder: String) -> Bool {
    for _ in 0..<500 {
      if rmdir(folder) == 0 || errno != EBUSY { break }
      usleep(2_000)
    }
    return access(folder, F_OK) != 0
  }

  /// Parents whose groups may limit memory come first. Ours has processes, so its groups may not, as a rule; those
  /// beside it may.
  private static func bestParents() -> [String] {
    let parents = CgroupMount.parents(ofController: nil)
    func limits(_ parent: String) -> Bool { words("\(parent)/cgroup.subtree_control").contains("memory") }
    return parents.filter(limits) + parents.filter { !limits($0) }
  }

  private static func words(_ path: String) -> Set<String> {
    Set(smallFile(path).split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
