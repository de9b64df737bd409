internal import LambdaLifecycle

/// The length of each phase of a request, in the order of their beginnings. An init that
/// was tried again has two lengths.
struct PhaseLengths {
  private let parts: [RequestParts.Part]

  init(_ parts: [RequestParts.Part]) { self.parts = parts }

  /// Each once.
  var phases: [Phase] {
    parts.reduce(into: []) { phases, part in
      if !phases.contains(part.phase) { phases.append(part.phase) }
    }
  }

  func lengths(of phase: Phase) -> [Nanoseconds] { parts.filter { $0.phase == phase }.map(\.length) }

  func total(of phase: Phase) -> Nanoseconds { lengths(of: phase).reduce(0, &+) }

  /// True where its beginning or end was concluded.
  func isInferred(_ phase: Phase) -> Bool { parts.contains { $0.phase == phase && $0.isInferred } }

  /// The phases of either, those whose length has changed most first.
  func byChange(since before: PhaseLengths) -> [Phase] {
    let all = phases + before.phases.filter { !phases.contains($0) }
    func change(_ phase: Phase) -> Nanoseconds { abs(total(of: phase) &- before.total(of: phase)) }
    return all.sorted { change($0) > change($1) }
  }
}
