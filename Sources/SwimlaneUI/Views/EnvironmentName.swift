internal import LambdaLifecycle

extension Viewer {
  /// An environment's name; with its function's where there are several, which gives way if there is no room.
  func environmentName(
    _ environment: EnvironmentID, _ timeline: borrowing Timeline, _ catalog: Catalog, width: Int = .max
  ) -> String {
    let name = catalog.text(environment)
    let function = catalog.text(catalog.function(of: environment))
    guard timeline.functions.count > 1, !function.isEmpty else { return name }
    let room = width - name.unicodeScalars.count - 1
    guard function.unicodeScalars.count > room else { return "\(function)/\(name)" }
    let end = painter.glyphs.isASCII ? "." : "…"
    guard room >= 3 else { return name }
    return String(function.unicodeScalars.prefix(room - 1)) + end + "/" + name
  }
}
