/// The population of environments: how many of them run, and how many requests are in flight.
///
/// Nothing is summed at each event but times themselves, so that it can be updated millions of times a
/// second. At equal times the order is of no matter, except that an end should come before the beginning that
/// follows it.
package struct Population: Equatable, Sendable {
  /// Requests that have an environment and whose invocation has not ended: what AWS calls concurrency. A request that
  /// waits for init is one of them (concurrency page).
  package var requests = Level()
  /// Environments, from their creation to their end.
  package var environments = Level()
  /// Environments with at least one request in flight. Only Managed Instances have more than one in one environment.
  package var running = Level()
  /// Environments that are gone, and how long they lived together.
  var gone = 0
  var lifetimes: Int128 = 0
  /// The most idle environments, up to `changed`.
  var idleBefore = 0
  /// The last moment at which anything changed.
  var changed = Timestamp.min

  package init() {}

  /// Environments without a request: initialized ahead of one, frozen, between the invocations of a Managed Instance,
  /// shutting down.
  package var idle: Int { max(0, environments.count - running.count) }

  /// The most idle environments at once. An environment that is created for a request is not idle in between.
  package var peakIdle: Int { max(idleBefore, idle) }

  @inline(__always)
  package mutating func environmentCreated(at time: Timestamp) {
    advance(to: time)
    environments.rise(at: time)
  }

  @inline(__always)
  package mutating func environmentGone(at time: Timestamp, born: Timestamp) {
    advance(to: time)
    environments.fall(at: time)
    gone += 1
    lifetimes &+= Int128(time) - Int128(born)
  }

  /// A request is assigned to an environment.
  /// - Parameter wakes: the environment had none before.
  @inline(__always)
  package mutating func began(at time: Timestamp, wakes: Bool = true) {
    advance(to: time)
    requests.rise(at: time)
    if wakes { running.rise(at: time) }
  }

  /// An invocation has ended, or the request's environment is gone.
  /// - Parameter rests: the environment has none any more.
  @inline(__always)
  package mutating func ended(at time: Timestamp, rests: Bool = true) {
    advance(to: time)
    requests.fall(at: time)
    if rests { running.fall(at: time) }
  }

  /// Leaves out the time before `begin`, when it was `before`.
  mutating func leaveOut(_ before: Population, upTo begin: Timestamp) {
    requests.leaveOut(before.requests, upTo: begin)
    environments.leaveOut(before.environments, upTo: begin)
    running.leaveOut(before.running, upTo: begin)
    gone -= before.gone
    lifetimes &-= before.lifetimes
  }

  /// Environments that were idle until now are known to have been idle for some time.
  @inline(__always)
  mutating func advance(to time: Timestamp) {
    guard time > changed else { return }
    changed = time
    if idle > idleBefore { idleBefore = idle }
  }
}
