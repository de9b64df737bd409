internal import EventSources
internal import Glibc

/// The folders of this machine that a program needs to run at all: those it is installed in.
enum Installation {
  /// All that has to be there for a program, from link to link.
  /// - Parameter home: never given whole, whatever is installed in it.
  static func folders(of program: String, home: String?) -> [String] {
    var folders: [String] = []
    var path = program
    for _ in 0..<16 {
      folders.append(folder(of: path, home: home))
      guard let target = Files.target(ofLink: path) else { break }
      path = target.hasPrefix("/") ? target : "\(Files.parent(path))/\(target)"
      // A folder on the way may be a link too.
      if let real = Files.absolute(Files.parent(path), from: "/") {
        folders.append(folder(of: "\(real)/\(Files.lastPart(path))", home: home))
      }
    }
    return folders
  }

  /// The folder of a program's installation: the one that its `bin` lies in, or else its own; only the program itself
  /// where that holds other things as well.
  private static func folder(of program: String, home: String?) -> String {
    let own = Files.parent(program)
    let isTool = ["bin", "sbin", "shims"].contains(Files.lastPart(own))
    let places = (isTool ? [Files.parent(own)] : []) + [own]
    return places.first { !isShared($0, home: home) } ?? program
  }

  /// True for a folder that is everybody's, or all of somebody's.
  static func isShared(_ folder: String, home: String?) -> Bool {
    if ["/", "/tmp", "/var", "/var/tmp", "/run", "/opt"].contains(folder) { return true }
    return home.map { IsolatedPaths.isSame($0, orBelow: folder) } ?? false
  }

  /// The folder of packages that a script of Node.js lies in, with all that it requires.
  static func packages(of script: String) -> String {
    let parts = script.split(separator: "/")
    guard let place = parts.firstIndex(of: "node_modules") else { return Files.parent(script) }
    return "/" + parts[...place].joined(separator: "/")
  }

  /// The folders of the libraries that we ourselves have loaded.
  static var ofOurLibraries: [String] {
    // One line for each mapping: there may be thousands.
    let maps = (try? Files.read("/proc/self/maps", limit: 8 << 20)) ?? []
    var folders: Set<String> = []
    for line in maps.split(separator: UInt8(ascii: "\n")) {
      guard let slash = line.firstIndex(of: UInt8(ascii: "/")) else { continue }
      let path = String(decoding: line[slash...], as: UTF8.self)
      if path.contains(".so") { folders.insert(Files.parent(path)) }
    }
    return folders.sorted()
  }
}
