internal import Glibc

/// What a supervisor has left that was killed: whatever has its mark, which only its descendants have. A namespace ends
/// by itself, but a moment later.
struct Leftovers {
  let mark: UInt64
  /// Killed, and perhaps our children by now.
  private var killed: Set<pid_t> = []

  init(mark: UInt64) { self.mark = mark }

  /// Kills what there is; to be called again until nothing is left, as it may fork meanwhile.
  /// - Returns: whether there was nothing.
  mutating func end() -> Bool {
    let found = Self.processes(with: mark)
    for pid in found {
      kill(pid, SIGKILL)
      killed.insert(pid)
    }
    // Those who came to us have to be waited for; of others there is nothing to be had.
    killed = killed.filter { waitpid($0, nil, WNOHANG) == 0 }
    return found.isEmpty && killed.isEmpty
  }

  /// Those that run, and those that have ended and that we have to wait for.
  static func processes(with mark: UInt64) -> [pid_t] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var found: [pid_t] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let pid = pid_t(name), has(mark, pid), !isOthersDead(pid) else { continue }
      found.append(pid)
    }
    return found
  }

  private static func has(_ mark: UInt64, _ pid: pid_t) -> Bool {
    smallFile("/proc/\(pid)/limits").split(separator: "\n").contains { line in
      line.hasPrefix("Max file locks") && line.split(separator: " ").contains("\(mark)")
    }
  }

  /// `PID (NAME) STATE PARENT …`; a name may hold anything, so read from its end.
  private static func isOthersDead(_ pid: pid_t) -> Bool {
    let stat = smallFile("/proc/\(pid)/stat")
    guard let end = stat.lastIndex(of: ")") else { return true }
    let fields = stat[end...].split(separator: " ")
    guard fields.count > 2 else { return true }
    return (fields[1] == "Z" || fields[1] == "X") && pid_t(fields[2]) != getpid()
  }
}
