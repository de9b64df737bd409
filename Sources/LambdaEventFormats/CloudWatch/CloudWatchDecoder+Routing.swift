internal import LambdaLifecycle

// The environment of a line, where its log stream is not named.

extension CloudWatchDecoder {
  /// The longest timeout: a request that has run for longer was logged badly.
  private static let longest: Nanoseconds = .seconds(900)

  /// An init begins: where streams have no names, in the next environment.
  mutating func beginUnnamed(into log: inout EventLog) {
    let environment = environments[current.index]
    guard !current.isNamed, environment.identity.id != .none || environment.held != nil else { return }
    current.index = addUnnamed(into: &log)
  }

  /// A request begins; if streams have no names, in an environment that has been initialized for it, or in one that is
  /// not busy.
  mutating func route(beginOf request: RequestID, into log: inout EventLog) {
    if current.isNamed || environments[current.index].identity.initializationType == .managedInstances {
      return
    }
    let initialized = unnamed.places.first {
      environments[$0].openInit != nil && environments[$0].busyWith.isNone
    }
    if initialized == nil, !isBusy(current.index, beside: request) { return }
    if let free = initialized ?? unnamed.places.last(where: { !isBusy($0, beside: request) }) {
      unnamed.use(free)
      current.index = free
    } else {
      current.index = addUnnamed(into: &log)
    }
  }

  private func isBusy(_ index: Int, beside request: RequestID) -> Bool {
    guard let run = environments[index].run ?? environments[index].held, run.request != request,
      run.end == nil
    else { return false }
    return current.time - run.begin < Self.longest
  }

  /// A line about a request belongs to the environment that serves it, or has served it.
  mutating func route(_ request: RequestID) {
    if current.isNamed || environments[current.index].busyWith == request { return }
    let place =
      unnamed.places.last { environments[$0].busyWith == request }
      ?? unnamed.places.last { environments[$0].recent.reported(request, by: .never - 1) != nil }
    guard let place else { return }
    unnamed.use(place)
    current.index = place
  }
}
