internal import Glibc

/// The user's choice: Python finds compiled files of a function's modules, or it does not.
package enum CompiledFilesWish: String, CaseIterable, Sendable {
  /// As in Lambda, where code is read-only and was packed without them: modules that are not the language's
  /// own are compiled each time.
  case absent
  /// The first start writes them, and the others find them.
  case present
}

/// A folder in which Python looks for compiled files, in place of those beside its modules.
package struct CompiledFiles: Sendable {
  private let wish: CompiledFilesWish
  private let folder: String

  /// - Parameters:
  ///   - folder: made.
  ///   - clients: the folder of our own clients, in which the hook has been compiled.
  /// - Throws: `LaunchError` where the function is not one of Python, or the folder cannot be made.
  package init(
    _ wish: CompiledFilesWish, in folder: String, for launch: RuntimeLaunch, clients: String
  ) throws(LaunchError) {
    guard launch.keepsCompiledFiles else { throw .noCompiledFiles(launch.runtime) }
    self.wish = wish
    self.folder = folder
    // The function may run as another user, who writes into it.
    guard mkdir(folder, 0o777) == 0, chmod(folder, 0o777) == 0 else {
      throw .cannotWrite(path: folder, reason: FileProblem().description)
    }
    copyHook(InitHook.folder(in: clients))
    guard wish == .absent else { return }
    // Python's own are compiled in Lambda too.
    for library in launch.installation where Files.isFile("\(library)/os.py") { link(library) }
  }

  /// The variables that make Python look there, each `NAME=VALUE`.
  package var variables: [String] {
    ["PYTHONPYCACHEPREFIX=\(folder)"] + (wish == .absent ? ["PYTHONDONTWRITEBYTECODE=1"] : [])
  }

  /// Returns the launch with this folder where the function can see it.
  package func seen(by launch: RuntimeLaunch) -> RuntimeLaunch {
    var launch = launch
    if wish == .absent { launch.installation.append(folder) } else { launch.writable.append(folder) }
    return launch
  }

  /// The hook should cost the same with and without: its compiled file is put where
  /// Python looks for it, isolated or not.
  private func copyHook(_ hook: String) {
    for name in Files.names(in: "\(hook)/__pycache__") {
      for place in [hook, InitHook.folder(in: IsolatedPaths.runtime)] {
        let target = makeFolder(place)
        try? Files.copy("\(hook)/__pycache__/\(name)", to: "\(target)/\(name)", mode: 0o644)
      }
    }
  }

  /// Makes the folder in which Python looks for the compiled files of another folder.
  private func makeFolder(_ library: String) -> String {
    var path = folder
    for part in library.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o777)
      chmod(path, 0o777)
    }
    return path
  }

  /// Links to the compiled files beside the modules of a folder, and of those in it.
  private func link(_ library: String) {
    let path = makeFolder(library)
    let compiled = "\(library)/__pycache__"
    for name in Files.names(in: compiled) where name.hasSuffix(".pyc") {
      symlink("\(compiled)/\(name)", "\(path)/\(name)")
    }
    for name in Files.names(in: library)
    where !["__pycache__", "site-packages", "dist-packages", "test"].contains(name)
      && Files.isFolder("\(library)/\(name)")
    {
      link("\(library)/\(name)")
    }
  }
}
