/// The script that starts Lambda's managed runtimes where AWS_LAMBDA_EXEC_WRAPPER names one (runtimes-modify): it gets
/// the runtime's command as its arguments.
enum ExecWrapper {
  /// The words in front of the command; none where no wrapper is named.
  /// - Throws: `LaunchError.noWrapper` or `.wrapperNotExecutable`: such a runtime would end before anything can be seen.
  static func command(_ path: String?, code: String, layers: [String]) throws(LaunchError) -> [String] {
    guard let path, !path.isEmpty else { return [] }
    let places = places(of: path, code: code, layers: layers)
    if let found = places.first(where: Files.isProgram) { return [found] }
    if let file = places.first(where: Files.isFile) {
      throw .wrapperNotExecutable(path.hasPrefix("/opt/") ? path : file)
    }
    throw .noWrapper(path)
  }

  /// The paths at which it may lie here: /var/task is the code's folder, /opt are the layers, the last over
  /// the first.
  private static func places(of path: String, code: String, layers: [String]) -> [String] {
    guard path.hasPrefix("/") else { return ["\(code)/\(path)"] }
    if path.hasPrefix("/var/task/") { return ["\(code)/\(path.dropFirst(10))", path] }
    if path.hasPrefix("/opt/") { return layers.reversed().map { "\($0)/\(path.dropFirst(5))" } + [path] }
    return [path]
  }
}
