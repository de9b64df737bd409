import Foundation

/// A process as /proc describes it.
struct ProcessEntry: Equatable {
  var number: Int32
  var parent: Int32
  var group: Int32
  /// With the number, no other process has both.
  var begin: String
  var command: String

  /// The processes that run. The dead whom nobody has waited for do not count.
  static func all() -> [ProcessEntry] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.compactMap { Int32($0).flatMap(ProcessEntry.init(number:)) }
  }

  /// The process and all that it started.
  func family() -> [ProcessEntry] {
    let all = Self.all()
    var family = [self]
    var place = 0
    while place < family.count {
      family += all.filter { $0.parent == family[place].number }
      place += 1
    }
    return family
  }

  var isRunning: Bool { ProcessEntry(number: number)?.begin == begin }

  private init?(number: Int32) {
    // proc(5): PID (NAME) STATE PARENT GROUP …; a name may hold anything, so count from its end.
    guard let stat = FileManager.default.contents(atPath: "/proc/\(number)/stat"),
      let name = stat.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = String(decoding: stat[(name + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X", let parent = Int32(fields[1]),
      let group = Int32(fields[2])
    else { return nil }
    self.number = number
    self.parent = parent
    self.group = group
    begin = String(fields[19])
    let words = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
    command = String(decoding: words.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }
}
