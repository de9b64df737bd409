internal import LambdaLifecycle

/// The world of real processes: it notes the fleet's orders, and `EmulatedFleet` carries them out as soon as the
/// fleet has finished.
struct ProcessWorld: FleetWorld {
  typealias Payload = CallNumber

  static var reapsProcesses: Bool { true }
  /// A caller that has its answer may ask again before the runtime has: it gets this environment, not another one.
  static var patience: Nanoseconds { .milliseconds(100) }
  /// The beginning of function init is seen from outside.
  static var dividesInit: Bool { false }

  /// Orders that nobody has carried out yet.
  var orders: [WorldOrder] = []
  /// The events that are tried again when they fail.
  var queue = InvocationQueue()

  init(retrying policy: RetryPolicy) { queue.policy = policy }

  mutating func wake(_ due: Due, _ place: Int, at time: Timestamp) {
    if time < .never { orders.append(.wake(due, place, at: time)) }
  }
  func idleTimeout(_ model: DurationModel, in member: FleetMember) -> Nanoseconds { model.sample(0) }
  func lifetime(_ model: DurationModel, in member: FleetMember) -> Nanoseconds { model.sample(0) }

  // MARK: Requests

  func arrives(_ request: inout FleetRequest<CallNumber>) {}
  func retryPolicy(_ request: borrowing FleetRequest<CallNumber>) -> RetryPolicy? {
    queue.contains(request.payload) ? queue.policy : nil
  }
  mutating func drop(_ request: borrowing FleetRequest<CallNumber>) { orders.append(.drop(request.payload)) }
  func keepsPlace(of invocation: Invocation, _ requests: borrowing RequestTable<CallNumber>) -> Bool { false }

  mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, in member: FleetMember,
    _ requests: borrowing RequestTable<CallNumber>, at now: Timestamp
  ) { orders.append(.respond(requests[invocation].payload, outcome, error, member)) }

  mutating func reject(_ request: borrowing FleetRequest<CallNumber>, _ rejection: Rejection) {
    orders.append(.reject(request.payload, rejection))
  }

  // MARK: Environments

  func created(_ member: FleetMember, for request: FleetRequest<CallNumber>?, at now: Timestamp) {}

  mutating func createSandbox(_ member: FleetMember, at now: Timestamp) -> Bool {
    orders.append(.createSandbox(member))
    return false
  }

  // The emulator sets no function up for SnapStart or Managed Instances.
  func restoreSnapshot(_ generation: Generation, in member: FleetMember, at now: Timestamp) {}
  func armInvocation(
    _ invocation: Invocation, at deadline: Timestamp, _ requests: inout RequestTable<CallNumber>
  ) {}

  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) { orders.append(.startExtensions(mask, generation, member)) }

  mutating func deliverToExtensions(
    _ mask: UInt16, _ invocation: Invocation, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, _ requests: borrowing RequestTable<CallNumber>
  ) {
    orders.append(.deliverToExtensions(mask, requests[invocation].payload, deadline: deadline, member))
  }

  mutating func sendShutdown(
    _ mask: UInt16, _ reason: ShutdownReason, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, at now: Timestamp
  ) { orders.append(.sendShutdown(mask, reason, deadline: deadline, member)) }

  mutating func killExtensions(_ mask: UInt16, _ generation: Generation, in member: FleetMember) {
    orders.append(.killExtensions(mask, generation, member))
  }

  mutating func startRuntime(
    _ generation: Generation, in member: FleetMember, _ requests: borrowing RequestTable<CallNumber>,
    at now: Timestamp
  ) { orders.append(.startRuntime(generation, member)) }

  mutating func deliver(
    _ invocation: Invocation, deadline: Timestamp, _ generation: Generation, in member: FleetMember,
    _ requests: inout RequestTable<CallNumber>, at now: Timestamp
  ) {
    let request = requests[invocation]
    orders.append(.deliver(request.payload, request.id, invocation, deadline: deadline, member))
  }

  mutating func freeze(_ member: FleetMember, at now: Timestamp) { orders.append(.freeze(member)) }
  mutating func thaw(_ member: FleetMember, at now: Timestamp) { orders.append(.thaw(member)) }
  func shutsDown(_ member: FleetMember) {}
  mutating func terminateRuntime(_ generation: Generation, in member: FleetMember, at now: Timestamp) {
    orders.append(.terminateRuntime(generation, member))
  }
  mutating func killRuntime(_ generation: Generation, in member: FleetMember) {
    orders.append(.killRuntime(generation, member))
  }
  mutating func gone(_ member: FleetMember, at now: Timestamp) { orders.append(.gone(member)) }

  // MARK: Settings

  // An environment keeps the settings that it was created with.
  func configure(_ function: Int, _ settings: FunctionScenario, former: Int?) {}
  mutating func setRate(_ rate: Int64, of function: Int, at now: Timestamp) { orders.append(.setRate(rate)) }
}
