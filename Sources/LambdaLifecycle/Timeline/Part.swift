// Where figures begin and end: in a part of a longer session, after what it needs to begin with.

extension Timeline {
  /// From when on figures and findings count; `.min` for all. What lies before it is there because of what follows it.
  package var figuresBegin: Timestamp { part?.begin ?? .min }

  /// Where the part of a longer session begins that it is; nil for a whole one.
  package var partBegin: Timestamp? { part?.begin }

  /// The first moment that figures count: where they begin, or where the session does.
  package var beginOfFigures: Timestamp { part?.begin ?? first }

  /// Requests that were under way when the part began: no figure counts them.
  package var underWayBefore: Int {
    guard let part else { return 0 }
    return requests.count { request in
      request.arrival < part.begin && !request.isThrottled
        && max(request.answered, request.ended) >= part.begin
    }
  }

  /// It is a part of a longer session.
  package mutating func become(_ part: SessionPart?) {
    guard part != self.part else { return }
    self.part = part
    session.beginning = min(beginning, part?.origin ?? beginning)
    session.population.count(from: figuresBegin)
    session.ledger.revise(from: .min)
  }

  /// Nothing more is to come: a part goes on to its end.
  mutating func end() {
    if let part, !isEmpty { session.last = max(last, part.end) }
  }

  /// The known descriptions of the functions, as they would be reported at `time`.
  package func descriptions(at time: Timestamp) -> [LifecycleEvent] {
    functions.sorted { $0.key.rawValue < $1.key.rawValue }.map { function, description in
      LifecycleEvent(time: time, function: function, kind: .functionDescribed(description))
    }
  }
}
