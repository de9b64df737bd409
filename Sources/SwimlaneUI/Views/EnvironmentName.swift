internal import LambdaLifecycle

extension Viewer {
  /// An environment's name; with its function's where there are several, which gives way if there is no room.
  func environmentName(
    _ environment: EnvironmentID, _ timeline: borrowing Timeline, _ catalog: Catalog, width: Int = .max
  ) -> String {
    let names = environmentNames(environment, timeline, catalog)
    return names.first { $0.unicodeScalars.count <= width } ?? names[names.count - 1]
  }

  /// Shorter and shorter names of an environment. The function's is cut at its hyphens, never inside a word, and is
  /// left out in the end.
  func environmentNames(
    _ environment: EnvironmentID, _ timeline: borrowing Timeline, _ catalog: Catalog
  ) -> [String] {
    let name = catalog.text(environment)
    let function = catalog.text(catalog.function(of: environment))
    guard timeline.functions.count > 1, !function.isEmpty else { return [name] }
    let end = painter.glyphs.isASCII ? ".." : "…"
    let cuts = function.indices.filter { $0 > function.startIndex && "-_".contains(function[$0]) }
    return ["\(function)/\(name)"] + cuts.reversed().map { "\(function[...$0])\(end)/\(name)" } + [name]
  }
}
