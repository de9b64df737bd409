import LambdaLifecycle

/// The life of one environment, written as a script and drawn as lanes.
///
/// A line of the script is a time in milliseconds and a signal in words. Deadlines that the environment has armed pass
/// by themselves.
struct Life {
  struct BadScript: Error { var line: String }

  private(set) var environment: ExecutionEnvironment
  /// The environment's answers, in order.
  private(set) var told: [(time: Timestamp, action: Action)] = []
  private(set) var longestAnswer = 0
  private(set) var end: Timestamp = 0
  let settings: EnvironmentSettings
  /// The extensions that register for INVOKE, and those that register for SHUTDOWN.
  private let invoke: UInt16
  private let shutdown: UInt16
  private var armed: (time: Timestamp, token: UInt32)?
  private var armedInvocations: [(time: Timestamp, invocation: Invocation)] = []
  private var requests: Invocation = 0

  init(
    _ settings: EnvironmentSettings, type: InitializationType = .onDemand, restores: Bool = false,
    invoke: UInt16 = .max, shutdown: UInt16 = .max, _ script: String
  ) throws {
    self.settings = settings
    (self.invoke, self.shutdown) = (invoke, shutdown)
    environment = ExecutionEnvironment(type: type, restoring: restores ? .all(of: settings) : nil)
    try go(on: script)
  }

  /// - Parameters:
  ///   - extensions: number of external extensions; all of them registered for INVOKE and SHUTDOWN.
  ///   - timeout: in milliseconds.
  init(
    extensions: Int = 0, timeout: Int64 = 3_000, type: InitializationType = .onDemand, restores: Bool = false,
    _ script: String
  ) throws {
    try self.init(.test(extensions: extensions, timeout: timeout), type: type, restores: restores, script)
  }

  /// True while a deadline stands.
  var isArmed: Bool { armed != nil }

  /// Goes on with more of the script.
  mutating func go(on script: String) throws {
    for line in script.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let word = words.first, let milliseconds = Int64(word) else { throw BadScript(line: "\(line)") }
      pass(to: .milliseconds(milliseconds))
      let signal = words.dropFirst().joined(separator: " ")
      if signal == "…" { continue }
      guard let signal = self.signal(signal) else { throw BadScript(line: "\(line)") }
      receive(signal, at: .milliseconds(milliseconds))
    }
  }

  /// Sends one signal and notes the answer.
  mutating func receive(_ signal: Signal, at time: Timestamp) {
    var actions = ActionBuffer()
    environment.receive(signal, at: time, settings, into: &actions)
    longestAnswer = max(longestAnswer, actions.count)
    end = max(end, time)
    for index in 0..<actions.count {
      let action = actions[index]
      switch action {
      case .arm(let time, let token): armed = (time, token)
      case .disarm: armed = nil
      case .armInvocation(let invocation, let time): armedInvocations.append((time, invocation))
      default: break
      }
      told.append((time, action))
    }
  }

  private mutating func pass(to time: Timestamp) {
    while let next = (armedInvocations.map(\.time) + [armed?.time ?? .never]).min(), next <= time {
      if let deadline = armed, deadline.time == next {
        armed = nil
        receive(.deadline(deadline.token), at: next)
      } else if let place = armedInvocations.firstIndex(where: { $0.time == next }) {
        receive(.invocationDeadline(armedInvocations.remove(at: place).invocation), at: next)
      }
    }
    end = max(end, time)
  }

  /// The signal that the words stand for, of the processes that are alive.
  private mutating func signal(_ words: String) -> Signal? {
    let generation = environment.generation
    switch words {
    case "sandbox ready": return .sandboxReady
    case "snapshot loaded": return .snapshotLoaded(generation)
    case "restored": return .restored(generation)
    case "restore fails": return .restoreFailed(.none, generation)
    case "init fails": return .runtimeInitFailed(.none, generation)
    case "function init": return .functionInitBegan(generation)
    case "runtime next": return .runtimeNext(generation)
    case "request":
      requests += 1
      return .request(requests)
    case "response": return .response(environment.invocation, .success)
    case "error response": return .response(environment.invocation, .error)
    case "runtime exits": return .runtimeExited(.none, generation)
    case "out of memory": return .runtimeExited(.runtimeOutOfMemory, generation)
    case "reclaim": return .reclaim
    default: break
    }
    let parts = words.split(separator: " ").map(String.init)
    guard parts.count == 3 else { return nil }
    switch parts[0] {
    case "worker": return worker(parts[1], parts[2], generation)
    case "extension": return self.extension(parts[1], parts[2], generation)
    case "runtime" where parts[1] == "fails": return .runtimeExited(error(parts[2]), generation)
    case "restore" where parts[1] == "fails": return .restoreFailed(error(parts[2]), generation)
    default: return nil
    }
  }

  /// `worker 2 …` is the one that has the second request.
  private func worker(_ number: String, _ word: String, _ generation: Generation) -> Signal? {
    guard let invocation = Invocation(number) else { return nil }
    switch word {
    case "responds": return .response(invocation, .success)
    case "throws": return .response(invocation, .error)
    case "next": return .workerNext(invocation, generation)
    case "exits": return .workerExited(invocation, .none, generation)
    default: return nil
    }
  }

  private func `extension`(_ number: String, _ word: String, _ generation: Generation) -> Signal? {
    guard let index = UInt8(number) else { return nil }
    switch word {
    case "registers":
      var subscriptions: Subscriptions = []
      if invoke >> UInt16(index) & 1 == 1 { subscriptions.insert(.invoke) }
      if shutdown >> UInt16(index) & 1 == 1 { subscriptions.insert(.shutdown) }
      return .extensionRegistered(index, subscriptions, generation)
    case "next": return .extensionNext(index, generation)
    case "exits": return .extensionExited(index, generation)
    case "fails": return .extensionFailed(index, .none, generation)
    default:
      let error = error("Extension.\(word)")
      return error == .none ? nil : .extensionFailed(index, error, generation)
    }
  }

  private func error(_ text: String) -> ErrorType {
    ErrorType.platform.first { $0.text == text } ?? .none
  }
}

extension EnvironmentSettings {
  /// - Parameters:
  ///   - extensions: number of external ones; others that register are internal.
  ///   - timeout: in milliseconds.
  ///   - workers: of Managed Instances.
  static func test(
    extensions: Int = 0, timeout: Int64 = 3_000, workers: UInt16 = 1
  ) -> EnvironmentSettings {
    var settings = EnvironmentSettings()
    settings.extensions = UInt16(1 << extensions) - 1
    settings.timeout = .milliseconds(timeout)
    settings.workers = workers
    return settings
  }
}

extension Registrations {
  /// All external extensions, as they are in a snapshot: registered for INVOKE and SHUTDOWN.
  static func all(of settings: EnvironmentSettings) -> Registrations {
    var life = ExecutionEnvironment()
    var actions = ActionBuffer()
    life.receive(.sandboxReady, at: 0, settings, into: &actions)
    for index in UInt8(0)..<16 where settings.extensions >> UInt16(index) & 1 == 1 {
      life.receive(.extensionRegistered(index, [.invoke, .shutdown], 1), at: 0, settings, into: &actions)
    }
    return life.registrations
  }
}

extension Life {
  /// A warm environment: init has ended at 0 ms.
  static let warm = """
    0 sandbox ready
    0 function init
    0 runtime next

    """

  /// The same with an extension.
  static let warmOne = """
    0 sandbox ready
    0 extension 0 registers
    0 extension 0 next
    0 function init
    0 runtime next

    """

  /// The same with two extensions.
  static let warmWithExtensions = """
    0 sandbox ready
    0 extension 0 registers
    0 extension 1 registers
    0 extension 0 next
    0 extension 1 next
    0 function init
    0 runtime next

    """
}
