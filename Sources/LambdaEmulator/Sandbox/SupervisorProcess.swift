internal import CSupervisor
internal import Glibc

/// A supervisor that was started, as a child of ours.
struct SupervisorProcess {
  let pid: pid_t
  /// The number that sets all its descendants apart from other processes.
  let mark: UInt64

  /// Our ends of its socket and pipes; their receiver closes them.
  struct Ends {
    var control: Int32
    var function: Int32
    var extensions: Int32
  }

  /// Starts one.
  /// - Throws: `Failure` with the system's errno.
  static func start(_ settings: SandboxSettings) throws(Failure) -> (SupervisorProcess, Ends) {
    // Not so high that a supervisor could not set it as a limit.
    let mark = UInt64.random(in: 1 << 40..<1 << 60)
    var words = settings.program + ["__supervise", "parent=\(getpid())", "mark=\(mark)"]
    if !settings.mayUseNamespace { words.append("subreaper") }
    var groups: [Int32] = []
    defer { for group in groups { Glibc.close(group) } }
    if let controlGroup = settings.controlGroup {
      groups.append(controlGroup.openFolder())
      if groups[0] < 0 { throw Failure(errno: errno) }
      words.append("control-group")
    }
    let entrances = settings.limits?.entrances ?? []
    for entrance in entrances {
      groups.append(Glibc.open(entrance, O_WRONLY | O_CLOEXEC))
      if groups.last ?? -1 < 0 { throw Failure(errno: errno) }
    }
    if !entrances.isEmpty { words.append("limits=\(entrances.count)") }

    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var launched = lanes_launched()
    let error = lanes_launch(&pointers, groups, Int32(groups.count), &launched)
    guard error == 0 else { throw Failure(errno: error) }
    let ends = Ends(
      control: launched.control, function: launched.function_output,
      extensions: launched.extensions_output)
    return (SupervisorProcess(pid: launched.pid, mark: mark), ends)
  }

  /// The reason why there is none.
  struct Failure: Error {
    var errno: Int32
    var reason: String { String(cString: strerror(errno)) }
  }

  /// Returns true when it has ended; takes its exit status, so that it does not stay as a zombie.
  func hasEnded() -> Bool {
    let result = waitpid(pid, nil, WNOHANG)
    // ECHILD: somebody else has taken it.
    return result == pid || result < 0 && errno != EINTR
  }

  /// Ends it where it does not do so itself.
  func kill() { _ = Glibc.kill(pid, SIGKILL) }
}
