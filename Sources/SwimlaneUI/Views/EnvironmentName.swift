internal import LambdaLifecycle

extension Viewer {
  /// An environment's name; with its function's where there are several, which gives way if there is no room.
  func environmentName(
    _ environment: EnvironmentID, _ scene: borrowing Scene, width: Int = .max
  ) -> String {
    let names = environmentNames(environment, scene)
    return names.first { $0.columnCount <= width } ?? names[names.count - 1]
  }

  /// Shorter and shorter names of an environment. The function's is cut at its hyphens, never inside a word, and is
  /// left out in the end.
  func environmentNames(
    _ environment: EnvironmentID, _ scene: borrowing Scene
  ) -> [String] {
    let own = ownNames(environment, scene.catalog)
    let function = scene.catalog.text(scene.catalog.function(of: environment))
    guard scene.timeline.functions.count > 1, !function.isEmpty else { return own }
    let end = painter.glyphs.isASCII ? ".." : "…"
    let cuts = function.indices.filter { $0 > function.startIndex && "-_".contains(function[$0]) }
    // A log stream's long name gives way before the function's.
    let name = own[own.count - 1]
    return own.map { "\(function)/\($0)" } + cuts.reversed().map { "\(function[...$0])\(end)/\(name)" } + own
  }

  /// Names of an environment without its function's. The shorter one of a log stream is the part that
  /// differs: `…4f0c3c1b` of `2026/07/09/[$LATEST]4f0c3c1bd3f64a4fa8a0d6a1f24a5b61`.
  func ownNames(_ environment: EnvironmentID, _ catalog: Catalog) -> [String] {
    let name = catalog.text(environment)
    guard let bracket = name.lastIndex(of: "]") else { return [name] }
    let digits = name[name.index(after: bracket)...]
    guard digits.count >= 8 else { return [name] }
    return [name, (painter.glyphs.isASCII ? ".." : "…") + digits.prefix(8)]
  }
}
