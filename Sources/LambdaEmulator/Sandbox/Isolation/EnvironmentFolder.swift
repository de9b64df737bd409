internal import EventSources
internal import Glibc
internal import NIOPosix

/// An environment's own part of the file system while it is isolated: its /tmp, which resets leave as it is, and its
/// /etc/hosts. It goes with the environment.
struct EnvironmentFolder: Sendable {
  let path: String
  /// The address of `sandbox.localdomain` in it; nil where none was free.
  let address: SandboxAddress?
  var temporary: String { "\(path)/tmp" }
  var hosts: String { "\(path)/hosts" }

  /// - Parameters:
  ///   - parent: a private folder of the run.
  ///   - birth: a number that no other environment of the run has.
  /// - Returns: nil where it cannot be made.
  init?(in parent: String, birth: Int) {
    path = "\(parent)/env-\(birth)"
    address = SandboxAddress(birth: birth)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST, mkdir(temporary, 0o700) == 0 || errno == EEXIST else {
      return nil
    }
    // The mode of /tmp, whatever our umask.
    chmod(temporary, 0o1777)
    let name = address.map { "\($0) sandbox.localdomain sandbox\n" } ?? ""
    // The network is the machine's, and so are the names in it.
    let ours = "127.0.0.1 localhost\n\(name)\n"
    guard (try? Files.write(Array((ours + smallFile("/etc/hosts")).utf8), to: hosts, mode: 0o644)) != nil
    else {
      return nil
    }
  }

  /// Removes it, elsewhere: a function may have left much. Its name is free at once, for the same environment of a next run.
  func remove() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let gone = "\(path)-gone-\(now.tv_sec)-\(now.tv_nsec)"
    let place = rename(path, gone) == 0 ? gone : path
    NIOThreadPool.singleton.submit { _ in removeTree(place) }
  }
}
