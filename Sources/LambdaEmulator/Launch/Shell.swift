internal import Glibc

/// The variables and the folder of the shell that `lanes run` was typed in.
package struct Shell: Sendable {
  package var variables: [String: String]
  /// Absolute.
  package var folder: String

  package init(variables: [String: String], folder: String) {
    self.variables = variables
    self.folder = folder
  }

  /// The shell of this process.
  package static var current: Shell {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return Shell(variables: variables, folder: Files.absolute(".", from: ".") ?? "/")
  }

  /// The folders of PATH, in order.
  var path: [String] { (variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init) }

  /// The path of a program in PATH; nil where there is none.
  func program(_ name: String) -> String? {
    path.lazy.map { "\($0)/\(name)" }.first(where: Files.isProgram)
  }
}
