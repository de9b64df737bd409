internal import EventSources
internal import Glibc

/// Questions to the file system before anything is started.
enum Files {
  static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

  static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

  static func exists(_ path: String) -> Bool { kind(path) != nil }

  /// True for a file that we may run.
  static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

  /// The names in a folder, sorted; none where it cannot be read.
  static func names(in folder: String) -> [String] {
    EventSources.names(inFolder: folder).sorted()
  }

  /// A path without `.`, `..` and links; nil where nothing is there.
  static func absolute(_ path: String, from folder: String) -> String? {
    guard let resolved = realpath(path.hasPrefix("/") ? path : "\(folder)/\(path)", nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The text of a link, which may start from where the link lies; nil where there is none.
  static func target(ofLink path: String) -> String? {
    let bytes = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      count = max(0, buffer.baseAddress.map { readlink(path, $0, buffer.count) } ?? 0)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The folder and all those it lies in, from the inside out, up to `last` or, where it does not lie in that, itself.
  static func folders(from folder: String, upTo last: String) -> [String] {
    guard folder == last || folder.hasPrefix(last == "/" ? "/" : last + "/") else { return [folder] }
    var folders = [folder]
    var current = folder
    while current != last {
      current = parent(current)
      folders.append(current)
    }
    return folders
  }

  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// A file's bytes, at most `limit`.
  /// - Throws: `FileProblem` where it cannot be read.
  static func read(_ path: String, limit: Int = 1 << 20) throws(FileProblem) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileProblem() }
    defer { close(file) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let more = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
      }
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  /// Writes a new file, or over an old one.
  /// - Throws: `FileProblem` where it cannot be written.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(FileProblem) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw FileProblem() }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard written > 0 else { throw FileProblem() }
      rest = rest.dropFirst(written)
    }
  }

  /// Copies a file's bytes, within the system: it may be large.
  /// - Throws: `FileProblem`.
  static func copy(_ source: String, to path: String, mode: mode_t) throws(FileProblem) {
    let from = open(source, O_RDONLY | O_CLOEXEC)
    guard from >= 0 else { throw FileProblem() }
    defer { close(from) }
    let to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard to >= 0 else { throw FileProblem() }
    defer { close(to) }
    while true {
      let count = sendfile(to, from, nil, 1 << 30)
      if count == 0 { return }
      guard count > 0 else { throw FileProblem() }
    }
  }

  private static func kind(_ path: String) -> mode_t? {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
  }
}

/// The reason why a file could not be read or written, in the system's words.
struct FileProblem: Error, CustomStringConvertible {
  let description: String

  /// Takes the reason from the last call of the system.
  init() { description = String(cString: strerror(errno)) }
}
