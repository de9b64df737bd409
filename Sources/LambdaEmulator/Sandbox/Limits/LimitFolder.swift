internal import Glibc

/// The groups of one run in a hierarchy of cgroup v1, one for each environment, in a folder `lanes-PID`.
final class LimitFolder: Sendable {
  private let folder: String
  /// Locked as long as we live, whichever process gets our number later.
  private let lock: Int32

  /// - Parameter controller: `memory` or `cpu`.
  /// - Returns: nil where there is no such hierarchy, or no group for us in it.
  init?(_ controller: String) {
    for parent in CgroupMount.parents(ofController: controller) {
      let folder = "\(parent)/lanes-\(getpid())"
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { continue }
      self.folder = folder
      lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
      return
    }
    return nil
  }

  deinit { if lock >= 0 { close(lock) } }

  /// Makes the group of an environment.
  func environment(_ birth: Int) -> String? {
    let group = "\(folder)/env-\(birth)"
    return mkdir(group, 0o755) == 0 || errno == EEXIST ? group : nil
  }

  /// Ends whatever is in them and removes them.
  func remove() { ControlGroups.endAndRemove(folder) }
}
