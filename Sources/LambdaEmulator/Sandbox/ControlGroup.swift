internal import Glibc

/// A group of cgroup v2 for the processes of one environment. Its processes do not notice that they are frozen.
struct ControlGroup: Sendable {
  let folder: String

  /// Opens its folder, to start processes in it; below 0 where it cannot be opened.
  func openFolder() -> Int32 { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

  /// Opens its file for freezing, to write to it again and again.
  func openFreezer() -> KeptFile? { KeptFile("\(folder)/cgroup.freeze") }

  /// Does not wait: all stop within microseconds, but one that waits for its child to become a program says so late.
  func freeze() { writeSmallFile("\(folder)/cgroup.freeze", "1") }

  func thaw() { writeSmallFile("\(folder)/cgroup.freeze", "0") }

  /// Kills whatever is in it, frozen or not.
  func kill() {
    if writeSmallFile("\(folder)/cgroup.kill", "1") { return }
    // Before Linux 5.14.
    for pid in smallFile("\(folder)/cgroup.procs").split(separator: "\n").compactMap({ pid_t($0) })
    where pid > 0 {
      Glibc.kill(pid, SIGKILL)
    }
  }

  /// - Returns: true when it is gone; not while killed processes are still ending.
  func remove() -> Bool { rmdir(folder) == 0 || errno == ENOENT }
}
