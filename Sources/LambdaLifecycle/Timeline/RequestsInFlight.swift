/// The requests that each environment has: from when it is given one to the end of its invocation. A request may turn out
/// to be another environment's.
struct RequestsInFlight: Sendable {
  private struct Environment: Sendable {
    /// The timeline has a track of it.
    var isKept = false
    /// Several invocations at once, and no freezing: Managed Instances.
    var runsConcurrently = false
    /// Places of requests, in the order in which they were taken up.
    var requests: [Int32] = []
  }

  /// By the index of an environment.
  private var environments: [Environment] = []

  /// Takes in an environment that has a track now.
  mutating func add(_ environment: EnvironmentID) {
    while environments.count <= environment.index { environments.append(Environment()) }
    environments[environment.index] = Environment(isKept: true)
  }

  /// Some tracks have gone.
  mutating func keep(_ tracks: [EnvironmentTrack]) {
    var isKept = [Bool](repeating: false, count: environments.count)
    for track in tracks { isKept[track.id.index] = true }
    for index in environments.indices where !isKept[index] { environments[index] = Environment() }
  }

  /// Notes whether it runs several invocations at once.
  mutating func setConcurrency(_ runsConcurrently: Bool, of environment: EnvironmentID) {
    environments[environment.index].runsConcurrently = runsConcurrently
  }

  /// It has a track, and runs one invocation at a time.
  func runsOneAtATime(_ environment: EnvironmentID) -> Bool {
    environment.index < environments.count && environments[environment.index].isKept
      && !environments[environment.index].runsConcurrently
  }

  /// The requests of an environment that has a track.
  subscript(environment: EnvironmentID) -> [Int32] {
    @inline(__always) _read { yield environments[environment.index].requests }
  }

  /// An environment that has a track takes up a request.
  @inline(__always)
  mutating func append(_ request: Int32, to environment: EnvironmentID) {
    environments[environment.index].requests.append(request)
  }

  /// Nothing happens where the environment has no track.
  @inline(__always)
  mutating func remove(_ request: Int32, from environment: EnvironmentID) {
    guard environment.index < environments.count else { return }
    environments[environment.index].requests.removeAll { $0 == request }
  }

  /// The request that an environment has just taken up, or given back, is the only one it has. Only with Managed
  /// Instances can it be another way; for the others the order in which they are reported is of no matter.
  @inline(__always)
  func isAlone(_ environment: EnvironmentID) -> Bool {
    !environments[environment.index].runsConcurrently
      || environments[environment.index].requests.count == 1
  }

  /// Nothing runs in an environment that has just given a request back.
  @inline(__always)
  func rests(_ environment: EnvironmentID) -> Bool {
    guard environment.index < environments.count else { return true }
    return !environments[environment.index].runsConcurrently
      || environments[environment.index].requests.isEmpty
  }

  /// No environment has any.
  mutating func removeAll() {
    for index in environments.indices { environments[index].requests = [] }
  }

  /// - Parameter places: the new place of each request.
  mutating func renumber(_ places: [Int32]) {
    for index in environments.indices {
      for request in environments[index].requests.indices {
        environments[index].requests[request] = places[Int(environments[index].requests[request])]
      }
    }
  }

  /// Calls `body` with each request that an environment has.
  func forEach(_ body: (Int32) -> Void) {
    for environment in environments { environment.requests.forEach(body) }
  }

  var reckonedBytes: Int {
    environments.reduce(environments.reckonedBytes) { $0 + $1.requests.reckonedBytes }
  }
}
