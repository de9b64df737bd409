/// The clients of the Runtime API that come with the program, for where AWS's own are not installed.
package enum RuntimeClient {
  static let python = "lanes_runtime.py"
  static let node = "lanes_runtime.mjs"
  /// Scripts that start AWS's own, which take the handler as an argument, with the handler of the variables.
  static let awsPython = "aws_python.py"
  static let awsNode = "aws_node.mjs"

  /// Writes them into a folder. It must not be the function's: the first file opened there is to be the handler's.
  /// - Throws: `LaunchError.cannotWrite`.
  package static func write(into folder: String) throws(LaunchError) {
    try write(PackageResources.lanes_runtime_py, to: "\(folder)/\(python)")
    try write(PackageResources.lanes_runtime_mjs, to: "\(folder)/\(node)")
    try write(PackageResources.aws_python_py, to: "\(folder)/\(awsPython)")
    try write(PackageResources.aws_node_mjs, to: "\(folder)/\(awsNode)")
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(LaunchError) {
    do {
      try Files.write(bytes, to: path, mode: 0o644)
    } catch {
      throw .cannotWrite(path: path, reason: error.description)
    }
  }
}
