internal import LambdaLifecycle

// The environment of a line, where its log stream is not named.

extension CloudWatchDecoder {
  /// An init begins: where streams have no names, in the next environment.
  mutating func beginUnnamed(into log: inout EventLog) {
    guard !environments[place].isNamed, environments[place].isUsed else { return }
    place = addUnnamed(into: &log)
  }

  /// A request begins; if streams have no names, in an environment that has been initialized for it, or in one that is
  /// not busy.
  mutating func route(beginOf request: RequestID, into log: inout EventLog) {
    if environments[place].isNamed || environments[place].isManagedInstance { return }
    let initialized = unnamed.places.first {
      environments[$0].awaitsRequest
    }
    if initialized == nil, !environments[place].isBusy(beside: request, at: moment.time) { return }
    if let free = initialized
      ?? unnamed.places.last(where: { !environments[$0].isBusy(beside: request, at: moment.time) })
    {
      unnamed.use(free)
      place = free
    } else {
      place = addUnnamed(into: &log)
    }
  }

  /// A line about a request belongs to the environment that serves it, or has served it.
  mutating func route(_ request: RequestID) {
    if environments[place].isNamed || environments[place].busyWith == request { return }
    let serving =
      unnamed.places.last { environments[$0].busyWith == request }
      ?? unnamed.places.last { environments[$0].hasServed(request) }
    guard let serving else { return }
    unnamed.use(serving)
    place = serving
  }
}

extension CloudWatchEnvironment {
  /// The longest timeout: a request that has run for longer was logged badly.
  private static let longest: Nanoseconds = .seconds(900)

  /// A line has been found to be of it.
  fileprivate var isUsed: Bool { identity.id != .none || runs.held != nil }

  /// It is being initialized, or has been, and no request has come.
  fileprivate var awaitsRequest: Bool { initialization.open != nil && busyWith.isNone }

  /// It works on another request than that one.
  fileprivate func isBusy(beside request: RequestID, at time: Timestamp) -> Bool {
    guard let run = runs.underWay, run.request != request, run.end == nil else { return false }
    return time - run.begin < Self.longest
  }

  /// Its REPORT on that request has been read.
  fileprivate func hasServed(_ request: RequestID) -> Bool {
    recent.reported(request, by: .never - 1) != nil
  }
}
