internal import Glibc
internal import Synchronization

/// The files of a function's own modules, as they lie on this machine. Their names come from outside: only
/// regular files below the function's folder are read.
package final class SourceFiles: Sendable {
  /// A larger file is nobody's own module.
  private static let largest = 4 << 20
  /// So many files are kept.
  private static let most = 200

  /// How deep in folders its modules are looked for, and how often.
  private static let deepest = 4
  private static let interval: Int64 = 2

  private struct File {
    var lines: [String]
    var size: off_t
    var changed: timespec
  }

  private struct Known {
    var files: [String: File] = [:]
    var modules: [String] = []
    /// Until when the list of modules counts, in seconds of the monotonic clock.
    var modulesUntil: Int64 = -1
  }

  /// Absolute, without links.
  private let root: String
  private let known = Mutex(Known())

  /// - Parameter root: the function's folder.
  package init(root: String) { self.root = Self.resolved(root) ?? root }

  /// The lines of a file as it is now; nil where there is no such file.
  /// - Parameter name: from the function's folder.
  package func lines(of name: String) -> [String]? {
    guard let path = Self.resolved("\(root)/\(name)"), path.hasPrefix(root == "/" ? "/" : root + "/") else {
      return nil
    }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= Self.largest else {
      return nil
    }
    if let known = known.withLock({ $0.files[path] }), known.size == facts.st_size,
      known.changed.tv_sec == facts.st_mtim.tv_sec, known.changed.tv_nsec == facts.st_mtim.tv_nsec
    {
      return known.lines
    }
    guard let lines = Self.read(path) else { return nil }
    known.withLock {
      if $0.files.count >= Self.most { $0.files.removeAll() }
      $0.files[path] = File(lines: lines, size: facts.st_size, changed: facts.st_mtim)
    }
    return lines
  }

  /// The first line of a statement, without the blanks around it; nil where there is none.
  /// - Parameter line: from 1.
  package func statement(_ file: String, _ line: Int32) -> String? {
    guard let lines = lines(of: file), line > 0, Int(line) <= lines.count else { return nil }
    let text = lines[Int(line) - 1].drop { $0 == " " || $0 == "\t" }
    var end = text.endIndex
    while end > text.startIndex, " \t\r".contains(text[text.index(before: end)]) {
      end = text.index(before: end)
    }
    return String(text[..<end].prefix(120))
  }

  /// The names of the function's own modules, as many as are kept; those installed beside them are left out.
  package func modules() -> [String] {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    if let modules = known.withLock({ Int64(now.tv_sec) < $0.modulesUntil ? $0.modules : nil }) {
      return modules
    }
    var found: [String] = []
    list("", depth: 0, into: &found)
    known.withLock {
      $0.modules = found
      $0.modulesUntil = Int64(now.tv_sec) + Self.interval
    }
    return found
  }

  private func list(_ folder: String, depth: Int, into found: inout [String]) {
    let names = names(inFolder: "\(root)/\(folder)").sorted()
    // Packages that pip has put here name their folders so.
    let installed = Set(
      names.filter { $0.hasSuffix(".dist-info") }.map { $0.prefix { $0 != "-" }.lowercased() })
    for name in names where !name.hasPrefix(".") && found.count < Self.most / 2 {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if Self.endings.contains(where: name.hasSuffix) {
        found.append(path)
      } else if !name.contains("."), !name.hasSuffix("-packages"), !Self.foreign.contains(name),
        !installed.contains(name.lowercased()), depth < Self.deepest
      {
        list(path, depth: depth + 1, into: &found)
      }
    }
  }

  private static let endings = [".py", ".js", ".mjs", ".cjs"]
  private static let foreign: Set = ["node_modules", "__pycache__", "venv", "bin", "build", "dist"]

  private static func read(_ path: String) -> [String]? {
    // A file that has become a pipe must not keep us waiting.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    while bytes.count <= largest {
      let more = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
      }
      if more.isEmpty { break }
      bytes += more
    }
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
