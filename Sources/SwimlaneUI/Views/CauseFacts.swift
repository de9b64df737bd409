internal import LambdaLifecycle

extension Inspector {
  /// Facts on what the latest request waited for or ended with, and what was printed then; the cause comes
  /// first.
  static func cause(
    of track: borrowing EnvironmentTrack, _ scene: borrowing Scene
  ) -> [Fact] {
    guard let cause = RequestCause(of: track, scene.timeline, at: scene.stage.time) else { return [] }
    var facts = [Fact("cause", cause.words(scene.catalog))]
    if let line = cause.line(PrintedLines(scene.stage.history, scene.stage.texts)) {
      facts.append(Fact(line.title, line.words))
    }
    return facts
  }

  /// A fact on what the latest init took, where the latest request did not wait for it.
  static func initBefore(
    _ track: borrowing EnvironmentTrack, _ scene: borrowing Scene
  ) -> Fact? {
    guard let cause = RequestCause(of: track, scene.timeline, at: scene.stage.time), cause.initLength == 0,
      let parts = track.latestInit(at: scene.stage.time)
    else { return nil }
    return Fact("init", RequestCause(parts, of: track.id, at: scene.stage.time).words(scene.catalog))
  }
}
