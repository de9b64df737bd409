internal import EventSources
internal import Glibc

/// The lessons that somebody has done, in a file of their own that outlives the program: a line each, `finished NAME`
/// or `begun NAME`. Without the file, or where it cannot be read or written, nothing is remembered, and nothing is
/// said: it is a tick in a menu.
package struct LessonRecord {
  /// Names of lessons that were gone through to their ends.
  private(set) var finished: Set<String> = []
  /// The lesson that was begun last; nil where none is known.
  private(set) var begun: String?
  /// Nil where nothing is kept.
  private let path: String?

  /// - Parameter path: of the file; nil to keep nothing.
  package init(path: String? = nil) {
    self.path = path
    if let path { read(path) }
  }

  /// The user's: `lanes/lessons` in `$XDG_STATE_HOME`, which is `~/.local/state` unless it names a directory (XDG Base
  /// Directory Specification: relative paths are to be ignored).
  package static var ofUser: LessonRecord {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let directory = variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }
    return LessonRecord(path: directory.map { $0 + "/lanes/lessons" })
  }

  /// A lesson has begun.
  mutating func begin(_ name: String) {
    guard begun != name else { return }
    begun = name
    write()
  }

  /// A lesson has been gone through to its end.
  mutating func finish(_ name: String) {
    guard finished.insert(name).inserted else { return }
    write()
  }

  private mutating func read(_ path: String) {
    guard let size = Self.size(ofFile: path), size <= 64 << 10 else { return }
    for line in String(decoding: bytes(ofSmallFile: path), as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      switch (words.count, words.first) {
      case (2, "finished"): finished.insert(words[1])
      case (2, "begun"): begun = words[1]
      default: break
      }
    }
  }

  /// Nil where there is no file: somebody may have put a device without an end
  /// there, or a pipe without a writer.
  private static func size(ofFile path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Writes them, with those that another program has written in the meantime; whole, or not at all.
  private func write() {
    guard let path, let slash = path.lastIndex(of: "/") else { return }
    // A file takes the place of a file, and of nothing else.
    var status = stat()
    guard lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else { return }
    let folder = path[..<slash]
    // State is its user's alone (XDG Base Directory Specification).
    for end in folder.indices.dropFirst() where folder[end] == "/" { mkdir(String(folder[..<end]), 0o700) }
    mkdir(String(folder), 0o700)
    let known = LessonRecord(path: path).finished.union(finished)
    let lines = known.sorted().map { "finished \($0)\n" } + (begun.map { ["begun \($0)\n"] } ?? [])
    let draft = "\(path).\(getpid())"
    unlink(draft)
    do { try writeNewFile(Array(lines.joined().utf8), to: draft) } catch { return }
    if rename(draft, path) != 0 { unlink(draft) }
  }
}
