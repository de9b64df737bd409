internal import Glibc

/// The processes that a child started, itself among them.
struct ProcessGroup {
  let identifier: pid_t

  func send(_ signal: Int32) { kill(-identifier, signal) }

  /// One of them still runs. The dead whom nobody has waited for do not count: in a container without an init
  /// process they stay for ever.
  var isAlive: Bool {
    guard kill(-identifier, 0) == 0 || errno == EPERM else { return false }
    guard ProcessEntry.canTell else { return true }
    return ProcessEntry.all().contains { $0.group == identifier && !$0.isDead }
  }

  /// The system does not report the end of processes that are not our own children, so this has to ask, at
  /// first often.
  /// - Returns: false if one still runs when the time is over.
  func waitForEnd(atMost duration: Duration, doing work: () -> Void) -> Bool {
    let deadline = ContinuousClock.now + duration
    var pause: Int32 = 1
    while isAlive {
      if ContinuousClock.now >= deadline { return false }
      work()
      poll(nil, 0, pause)
      pause = min(pause * 2, 16)
    }
    return true
  }
}
