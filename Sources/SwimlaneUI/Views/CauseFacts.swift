internal import LambdaLifecycle

extension Inspector {
  /// What the latest request waited for or ended with, what was printed then, and what the init took that the environment has
  /// from before; the cause comes first.
  static func cause(
    of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage
  ) -> [Fact] {
    guard let cause = RequestCause(of: track, timeline, at: stage.time) else { return [] }
    var facts = [Fact("cause", cause.words(catalog))]
    if let line = cause.line(PrintedLines(stage.history, stage.texts)) {
      facts.append(Fact(line.title, line.words))
    }
    return facts
  }

  /// What the latest init took, where the latest request did not wait for it.
  static func initBefore(
    _ track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage
  ) -> Fact? {
    guard let cause = RequestCause(of: track, timeline, at: stage.time), cause.initLength == 0,
      let parts = track.latestInit(at: stage.time)
    else { return nil }
    return Fact("init", RequestCause(parts, of: track.id, at: stage.time).words(catalog))
  }
}
