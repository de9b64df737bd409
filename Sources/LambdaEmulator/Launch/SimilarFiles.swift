/// Handlers that may have been meant where there is no file of a handler's name.
enum SimilarFiles {
  private static let endings = ["py", "js", "mjs", "cjs"]
  /// Folders of other people's code.
  private static let foreign = ["node_modules", "venv", "__pycache__"]

  /// Handlers that would be found, the likeliest first, at most three: the same name in a folder below, a name like it in
  /// the same folder.
  static func handlers(like name: HandlerName, code: String) -> [String] {
    let parts = name.nodeModule
    let folder = parts.dropLast().joined(separator: "/")
    let wanted = parts.last ?? ""
    let below = Files.names(in: code).filter { entry in
      !entry.hasPrefix(".") && !foreign.contains(entry) && Files.isFolder("\(code)/\(entry)")
        && endings.contains { Files.isFile("\(code)/\(entry)/\(wanted).\($0)") }
    }
    let near = stems(in: folder.isEmpty ? code : "\(code)/\(folder)")
      .map { (stem: $0, distance: distance($0, wanted)) }
      .filter { $0.distance <= max(2, wanted.count / 3) }
      .sorted { ($0.distance, $0.stem) < ($1.distance, $1.stem) }
      .map { folder.isEmpty ? $0.stem : "\(folder)/\($0.stem)" }
    return (below.map { "\($0)/\(wanted)" } + near).prefix(3).map(name.inModule)
  }

  /// The names of the modules in a folder, without endings.
  private static func stems(in folder: String) -> [String] {
    let names = Files.names(in: folder).compactMap { file -> String? in
      let parts = file.split(separator: ".")
      guard parts.count == 2, endings.contains(String(parts[1])) else { return nil }
      return String(parts[0])
    }
    return Set(names).sorted()
  }

  /// The number of letters that must be added, removed or changed.
  private static func distance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in second.indices {
        let changed = diagonal + (second[column] == letter ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
