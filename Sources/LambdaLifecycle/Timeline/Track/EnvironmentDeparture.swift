/// The end of an environment, and why it came.
package struct EnvironmentDeparture: Sendable {
  /// `.never` while it lives.
  package private(set) var time = Timestamp.never
  private(set) var reason = ShutdownReason.spindown
  /// More about the reason, in the source's words; `.none` without any.
  private(set) var detail = Name.none

  mutating func happen(at time: Timestamp, _ reason: ShutdownReason, _ detail: Name) {
    self.time = time
    self.reason = reason
    self.detail = detail
  }

  /// A fork takes back what happened after `time`.
  mutating func void(after time: Timestamp) {
    if self.time > time { self = EnvironmentDeparture() }
  }
}
