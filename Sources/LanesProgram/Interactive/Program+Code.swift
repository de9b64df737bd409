internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

extension Program where Terminal: ~Copyable {
  /// The function's own modules, by the names that its output gives them, where the selected environment has measured
  /// lines of any: one of them may use what another makes.
  var codeOfSelected: [String: [String]] {
    guard let code, let selected = screen.viewer.selected,
      let track = screen.session.timeline.track(selected),
      !track.code.lines.isEmpty
    else { return [:] }
    let told = Set(track.code.lines.prefix(200).map(\.line.file)).map { screen.session.log.catalog.text($0) }
    return Set(told + code.modules()).reduce(into: [:]) { $0[$1] = code.lines(of: $1) }
  }
}
