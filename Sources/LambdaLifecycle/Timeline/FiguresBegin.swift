// Where figures begin: in a part of a longer session, after what it needs to begin with.

extension Timeline {
  /// The first moment that figures count: where they begin, or where the session does.
  package var beginOfFigures: Timestamp { figuresBegin == .min ? first : figuresBegin }

  /// Lets figures count from `time` on. To be called before the first event is folded.
  package mutating func countFigures(from time: Timestamp) {
    guard time != figuresBegin else { return }
    figuresBegin = time
    population.count(from: time)
    revise(from: .min)
  }
}
