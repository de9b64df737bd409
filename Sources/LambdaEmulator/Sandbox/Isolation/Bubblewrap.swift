internal import EventSources
internal import Glibc

/// A file system of its own for each environment, made by bubblewrap: the system's programs and settings, the function
/// at /var/task, layers at /opt, a private /tmp, the function's interpreter, and nothing else of this machine.
///
/// The supervisor runs in it as the first process of a namespace, so all that it starts shares these places.
struct Bubblewrap: Sendable {
  /// The folders of this machine that an environment sees.
  struct Contents: Sendable {
    /// The function's folder.
    var code: String
    /// The folder of our own clients.
    var clients: String
    /// Layers, one over the other in one folder.
    var layers: String?
    /// Paths that the function needs, each at its own place.
    var needs: [String]
    /// Folders that the function may write to, at their own paths.
    var writable: [String] = []
    /// The supervisor's program, a path without links.
    var supervisor: String
  }

  private static let supervisor = "/run/lanes/supervisor"
  /// The words that are the same for all environments.
  private let words: [String]
  /// Paths that are the same inside.
  private let needs: [String]
  private let writable: [String]
  let paths: IsolatedPaths

  /// - Parameters:
  ///   - program: bubblewrap's, a path.
  ///   - libraries: folders of the supervisor's.
  init(_ program: String, _ contents: Contents, libraries: [String] = Installation.ofOurLibraries) {
    let system = Self.systemFolders
    let needs = Self.outermost(contents.needs + libraries, outside: system)
    var moved = [(outside: contents.code, inside: IsolatedPaths.task)]
    moved.append((outside: contents.clients, inside: IsolatedPaths.runtime))
    if let layers = contents.layers { moved.insert((outside: layers, inside: IsolatedPaths.layers), at: 0) }
    paths = IsolatedPaths(kept: Self.outermost(contents.needs, outside: system), moved: moved)

    // A supervisor ends with its parent, which is bubblewrap, and that ends with us.
    var words = [program, "--unshare-pid", "--as-pid-1", "--die-with-parent", "--clearenv"]
    if let path = getenv("LD_LIBRARY_PATH") {
      words += ["--setenv", "LD_LIBRARY_PATH", String(cString: path)]
    }
    words += system.flatMap(Self.arguments)
    words += ["--proc", "/proc", "--dev", "/dev"]
    // A link out of /etc, as a rule, to a file that a service writes.
    if let names = Files.absolute("/etc/resolv.conf", from: "/"), !names.hasPrefix("/etc/") {
      words += ["--ro-bind", names, names]
    }
    words += ["--ro-bind", contents.code, IsolatedPaths.task]
    words += ["--ro-bind", contents.clients, IsolatedPaths.runtime]
    words += ["--ro-bind", contents.supervisor, Self.supervisor]
    // One by one: other places below /opt can be there as well.
    if let layers = contents.layers {
      words += Files.names(in: layers).flatMap {
        ["--ro-bind", "\(layers)/\($0)", "\(IsolatedPaths.layers)/\($0)"]
      }
    }
    self.words = words
    self.needs = needs
    writable = contents.writable
  }

  /// The words that start a supervisor in an environment's own file system, its arguments to follow.
  func program(_ folder: EnvironmentFolder?) -> [String] {
    var words = words
    if let folder {
      words += ["--bind", folder.temporary, "/tmp", "--ro-bind", folder.hosts, "/etc/hosts"]
    } else {
      words += ["--tmpfs", "/tmp"]
    }
    // After /tmp, in which some of them may lie.
    words += needs.flatMap { ["--ro-bind", $0, $0] } + writable.flatMap { ["--bind", $0, $0] }
    // When all places are there: in Lambda nothing but /tmp can be written.
    words += ["--remount-ro", "/"]
    return words + ["--chdir", IsolatedPaths.task, "--", Self.supervisor]
  }

  /// Folders at the top that hold the system, as this machine has them.
  private static var systemFolders: [String] {
    ["usr", "etc", "bin", "sbin", "lib", "lib64", "lib32", "libx32", "nix"].map { "/\($0)" }.filter(
      Files.exists)
  }

  private static func arguments(ofSystemFolder folder: String) -> [String] {
    guard let target = Files.target(ofLink: folder) else { return ["--ro-bind", folder, folder] }
    return ["--symlink", target, folder]
  }

  /// The folders that are there and do not lie in another one or in the system's.
  private static func outermost(_ folders: [String], outside system: [String]) -> [String] {
    var found: [String] = []
    let nowhere = system + ["/proc", "/dev", "/sys"]
    for folder in folders.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
      guard folder.hasPrefix("/"), folder != "/", Files.exists(folder),
        !(nowhere + found).contains(where: { IsolatedPaths.isSame(folder, orBelow: $0) })
      else { continue }
      found.append(folder)
    }
    return found
  }
}
