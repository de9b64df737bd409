/// Where processes of an isolated environment find what lies elsewhere on this machine.
struct IsolatedPaths: Sendable {
  static let task = "/var/task"
  static let runtime = "/var/runtime"
  static let layers = "/opt"

  /// What is at its own path inside too.
  var kept: [String]
  /// Folders that are somewhere else inside.
  var moved: [(outside: String, inside: String)]

  /// Where a path is inside; itself where nothing is known of it.
  func inside(_ path: String) -> String {
    guard path.hasPrefix("/"), !kept.contains(where: { Self.isSame(path, orBelow: $0) }) else { return path }
    let place = moved.first { Self.isSame(path, orBelow: $0.outside) }
    return place.map { $0.inside + path.dropFirst($0.outside.count) } ?? path
  }

  /// The same of a list such as a search path.
  func inside(list: String) -> String {
    list.split(separator: ":", omittingEmptySubsequences: false).map { inside(String($0)) }.joined(
      separator: ":")
  }

  static func isSame(_ path: String, orBelow folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }
}
