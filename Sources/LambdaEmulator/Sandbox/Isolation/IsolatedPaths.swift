/// The paths that files of this machine have for processes of an isolated environment.
struct IsolatedPaths: Sendable {
  static let task = "/var/task"
  static let runtime = "/var/runtime"
  static let layers = "/opt"

  /// Paths that are the same inside.
  var kept: [String]
  /// Folders that are somewhere else inside.
  var moved: [(outside: String, inside: String)]

  /// The path that a file has inside; the same where nothing is known of it.
  func inside(_ path: String) -> String {
    guard path.hasPrefix("/"), !kept.contains(where: { Self.isSame(path, orBelow: $0) }) else { return path }
    let place = moved.first { Self.isSame(path, orBelow: $0.outside) }
    return place.map { $0.inside + path.dropFirst($0.outside.count) } ?? path
  }

  /// The paths of a list such as a search path, as they are inside.
  func inside(list: String) -> String {
    list.split(separator: ":", omittingEmptySubsequences: false).map { inside(String($0)) }.joined(
      separator: ":")
  }

  static func isSame(_ path: String, orBelow folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }
}
