/// The inferred frozen span that is still open, and how long anything was heard during it.
struct InferredRest: Sendable {
  /// Where the span begins; `.never` without one.
  private(set) var begin = Timestamp.never
  /// From when on nobody knows whether the environment is still there; `.never` where somebody does.
  private(set) var silentFrom = Timestamp.never

  mutating func begin(at time: Timestamp) { begin = time }

  /// The span is over, or was none.
  mutating func end() { begin = .never }

  /// Nothing has been heard for so long that it may have been shut down.
  mutating func fallSilent(at time: Timestamp) { silentFrom = time }

  /// It is heard of again.
  mutating func hear() { silentFrom = .never }

  /// A fork takes back what happened after `time`.
  /// - Parameter open: where the span that is left open begins; nil without one.
  mutating func void(after time: Timestamp, open: Timestamp?) {
    if silentFrom > time { silentFrom = .never }
    if silentFrom == .never { begin = open ?? .never }
  }
}
