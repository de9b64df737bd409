extension EnvironmentTrack {
  /// Marks that are looked at.
  private static let mostInitMarks = 100

  /// The marks of the function in an init, until a moment.
  package func marks(of parts: InitParts, at time: Timestamp) -> [MarkSpan] {
    let first = marks.partitionPoint { $0.start < parts.begin }
    let last = max(first, markCount(upTo: min(parts.end ?? time, time)))
    return (first..<last).prefix(Self.mostInitMarks).map(markSpan).filter {
      $0.phase?.isOfRuntime == true && $0.name != .functionInit
    }
  }
}
