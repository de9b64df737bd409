internal import Glibc

/// The processes that a child started, itself among them.
struct ProcessGroup {
  let identifier: pid_t

  func send(_ signal: Int32) { kill(-identifier, signal) }

  /// Whether one of them still runs. The dead whom nobody has waited for do not count: in a container without an
  /// init process they stay for ever.
  var isAlive: Bool {
    guard kill(-identifier, 0) == 0 || errno == EPERM else { return false }
    guard let directory = opendir("/proc") else { return true }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if Int(name) != nil, isMember(process: name) { return true }
    }
    return false
  }

  /// Reads proc(5)'s `PID (NAME) STATE PARENT GROUP …`; a name may hold anything, so count from its end.
  private func isMember(process: String) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let text = bytes[..<fread(&bytes, 1, bytes.count, file)]
    guard let nameEnd = text.lastIndex(of: UInt8(ascii: ")")) else { return false }
    let fields = String(decoding: text[(nameEnd + 1)...], as: UTF8.self).split(separator: " ")
    return fields.count > 2 && fields[0] != "Z" && fields[0] != "X" && fields[2] == "\(identifier)"
  }

  /// Nobody tells of the end of processes that are not our own children, so this has to ask, at first often.
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
