internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

extension Program where Terminal: ~Copyable {
  /// The function's own modules that the selected environment tells of, by the names that it tells.
  var codeOfSelected: [String: [String]] {
    guard let code, let selected = screen.viewer.selected, let track = screen.session.timeline.track(selected)
    else { return [:] }
    let names = Set(track.code.lines.map(\.line.file)).map { screen.session.log.catalog.text($0) }
    return names.reduce(into: [:]) { $0[$1] = code.lines(of: $1) }
  }
}
