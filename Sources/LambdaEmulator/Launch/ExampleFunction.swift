internal import Glibc

/// The function of `lanes run --example`, which is there wherever the program is.
///
/// It is a function in Python, whose init has lines to show; without Python it is a shell script that speaks the Runtime API
/// with curl.
package enum ExampleFunction {
  /// Writes it into a folder, the function's, and returns its launch.
  /// - Parameters:
  ///   - folder: absolute.
  ///   - clients: as in `LaunchSettings`.
  /// - Throws: `LaunchError` of Python where there is neither a Python that can run it nor curl; `.cannotWrite`.
  package static func launch(
    in folder: String, clients: String, shell: Shell = .current
  ) throws(LaunchError) -> RuntimeLaunch {
    let settings = LaunchSettings(code: folder, clients: clients)
    let module = "\(folder)/example.py"
    try write(PackageResources.example_app_py, to: module, mode: 0o644)
    var launch: RuntimeLaunch
    do {
      launch = try RuntimeLaunch(handler: "example.handler", settings: settings, shell: shell)
    } catch {
      guard shell.program("curl") != nil else { throw error }
      let path = "\(folder)/bootstrap"
      try write(PackageResources.example_bootstrap_sh, to: path, mode: 0o755)
      launch = try RuntimeLaunch(command: [path], settings: settings, shell: shell)
      launch.notes = ["in shell: no Python that can run it"]
      unlink(module)
    }
    launch.notes.insert("example", at: 0)
    return launch
  }

  private static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(LaunchError) {
    do {
      try Files.write(bytes, to: path, mode: mode)
    } catch {
      throw .cannotWrite(path: path, reason: error.description)
    }
  }
}
