/// A stretch of a longer session that is a session of its own.
package struct SessionPart: Equatable, Sendable {
  /// The moment that times of the longer session count from.
  package var origin: Timestamp
  /// From when on figures count; what lies before is there because of what follows it.
  package var begin: Timestamp
  /// It goes on until then, whether or not anything happens.
  package var end: Timestamp

  package init(origin: Timestamp, begin: Timestamp, end: Timestamp) {
    self.origin = origin
    self.begin = begin
    self.end = end
  }

  /// Both and what lies between.
  func joined(with other: SessionPart) -> SessionPart {
    SessionPart(
      origin: min(origin, other.origin), begin: min(begin, other.begin), end: max(end, other.end))
  }
}
