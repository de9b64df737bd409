internal import Glibc

/// A process as proc(5) describes it. Systems without /proc have no entries.
struct ProcessEntry: Equatable {
  let number: pid_t
  let parent: pid_t
  let group: pid_t
  /// It has ended, and nobody has waited for it yet.
  let isDead: Bool

  /// There is a /proc to ask.
  static let canTell = access("/proc/self/stat", R_OK) == 0

  static func all() -> [ProcessEntry] {
    names(inFolder: "/proc").compactMap { pid_t($0).flatMap(ProcessEntry.init) }
  }

  /// A process and all that it started, as far as their parents still run.
  static func family(of number: pid_t) -> [ProcessEntry] {
    let all = all()
    var family = all.filter { $0.number == number }
    var place = 0
    while place < family.count {
      family += all.filter { $0.parent == family[place].number }
      place += 1
    }
    return family
  }

  /// Reads `PID (NAME) STATE PARENT GROUP …`; a name may hold anything, so count from its end.
  init?(_ number: pid_t) {
    let text = bytes(ofSmallFile: "/proc/\(number)/stat")
    guard let nameEnd = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = String(decoding: text[(nameEnd + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { return nil }
    self.number = number
    self.parent = parent
    self.group = group
    isDead = fields[0] == "Z" || fields[0] == "X"
  }

  /// The program and its arguments.
  var words: [String] {
    bytes(ofSmallFile: "/proc/\(number)/cmdline")
      .split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The inodes of its sockets.
  var sockets: Set<Substring> {
    let folder = "/proc/\(number)/fd"
    var target = [CChar](repeating: 0, count: 64)
    var sockets: Set<Substring> = []
    for name in names(inFolder: folder) {
      let count = readlink("\(folder)/\(name)", &target, target.count)
      let text = String(decoding: target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("socket:[") { sockets.insert(text.dropFirst(8).dropLast()) }
    }
    return sockets
  }
}
