internal import EventSources
internal import Glibc

/// The processes that a killed supervisor has left: all with its mark, which only its descendants have. A namespace
/// ends by itself, but a moment later.
struct Leftovers {
  let mark: UInt64
  /// Killed, and perhaps our children by now.
  private var killed: Set<pid_t> = []

  init(mark: UInt64) { self.mark = mark }

  /// Kills those that there are; to be called again until nothing is left, as they may fork meanwhile.
  /// - Returns: true where there was nothing.
  mutating func end() -> Bool {
    let (found, isCertain) = Self.look(for: mark) { kill($0, SIGKILL) }
    killed.formUnion(found)
    // Orphans that came to us have to be waited for; others are not ours to wait for.
    killed = killed.filter { waitpid($0, nil, WNOHANG) == 0 }
    return found.isEmpty && isCertain && killed.isEmpty
  }

  /// The processes with a mark that run, or that have ended and that we have to wait for.
  static func processes(with mark: UInt64) -> [pid_t] { look(for: mark) { _ in }.found }

  /// Looks at all processes, then at those that were born meanwhile: one that goes on in a child every few milliseconds may
  /// be gone when its turn comes, and its child is in no list.
  /// - Parameter meet: called with each that has the mark, at once.
  /// - Returns: those, and true where there can be no other one.
  private static func look(for mark: UInt64, _ meet: (pid_t) -> Void) -> (found: [pid_t], isCertain: Bool) {
    var found: [pid_t] = []
    func see(_ pid: pid_t) {
      guard has(mark, pid), !isOthersDead(pid) else { return }
      meet(pid)
      found.append(pid)
    }
    var seen = youngest
    names(inFolder: "/proc").compactMap { pid_t($0) }.forEach(see)
    for _ in 0..<50 {
      let latest = youngest
      if latest == seen { return (found, true) }
      // Numbers have begun again after the highest: the next look is at all again.
      if latest < seen { break }
      (seen + 1...latest).forEach(see)
      seen = latest
    }
    return (found, false)
  }

  /// The number that was given to a process last (proc(5)).
  private static var youngest: pid_t {
    smallFile("/proc/loadavg").split(whereSeparator: \.isWhitespace).last.flatMap { pid_t($0) } ?? 0
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
