/// The function of `lanes run --example`, which is there wherever the program is.
///
/// It is a shell script that speaks the Runtime API with curl and so needs no language; without curl it is one in Python.
package enum ExampleFunction {
  /// Writes it into a folder, the function's, and returns its launch.
  /// - Parameters:
  ///   - folder: absolute.
  ///   - clients: as in `LaunchSettings`.
  /// - Throws: `LaunchError.noProgram` where there is neither curl nor Python; `.cannotWrite`.
  package static func launch(
    in folder: String, clients: String, shell: Shell = .current
  ) throws(LaunchError) -> RuntimeLaunch {
    let settings = LaunchSettings(code: folder, clients: clients)
    if shell.program("curl") != nil {
      let path = "\(folder)/bootstrap"
      try write(PackageResources.example_bootstrap_sh, to: path, mode: 0o755)
      var launch = try RuntimeLaunch(command: [path], settings: settings, shell: shell)
      launch.notes = ["example"]
      return launch
    }
    guard shell.program("python3") != nil else { throw .noProgram("curl", for: "the example") }
    try write(PackageResources.example_app_py, to: "\(folder)/example.py", mode: 0o644)
    var launch = try RuntimeLaunch(handler: "example.handler", settings: settings, shell: shell)
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
