import LambdaLifecycle

/// The life of one environment, told as a script and drawn as lanes.
///
/// A line of the script is a time in milliseconds and a signal in words. Deadlines that the environment has armed pass
/// by themselves. A lane draws one character per 100 ms: `=` for a span, its last one `x` for an error, `t` for a
/// timeout, `k` for killed; a span without length is the mark alone, or `|`; one still open ends in `>`.
struct Life {
  struct BadScript: Error { var line: String }

  private(set) var environment = ExecutionEnvironment()
  /// What the environment has answered, in order.
  private(set) var told: [(time: Timestamp, action: Action)] = []
  private(set) var longestAnswer = 0
  let settings: EnvironmentSettings
  private var armed: (time: Timestamp, token: UInt32)?
  private var requests: Invocation = 0
  private var end: Timestamp = 0

  init(_ settings: EnvironmentSettings, _ script: String) throws {
    self.settings = settings
    try go(on: script)
  }

  /// - Parameter extensions: number of external extensions; all of them registered for SHUTDOWN.
  init(extensions: Int = 0, timeout: Int64 = 3_000, _ script: String) throws {
    try self.init(.test(extensions: extensions, timeout: timeout), script)
  }

  /// Tells more of the script.
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
      switch actions[index] {
      case .arm(let time, let token): armed = (time, token)
      case .disarm: armed = nil
      default: break
      }
      told.append((time, actions[index]))
    }
  }

  private mutating func pass(to time: Timestamp) {
    while let deadline = armed, deadline.time <= time {
      armed = nil
      receive(.deadline(deadline.token), at: deadline.time)
    }
    end = max(end, time)
  }

  /// The signal that the words stand for, of the processes that are alive.
  private mutating func signal(_ words: String) -> Signal? {
    let generation = environment.generation
    switch words {
    case "sandbox ready": return .sandboxReady
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
    let parts = words.split(separator: " ")
    guard parts.count == 3, parts[0] == "extension", let index = UInt8(parts[1]) else { return nil }
    switch parts[2] {
    case "registers": return .extensionRegistered(index, generation)
    case "next": return .extensionNext(index, generation)
    case "exits": return .extensionExited(index, generation)
    default:
      guard let error = ErrorType.allCases.first(where: { $0.text == "Extension.\(parts[2])" }) else {
        return nil
      }
      return .extensionFailed(index, error, generation)
    }
  }
}

extension EnvironmentSettings {
  /// - Parameter timeout: in milliseconds.
  static func test(extensions: Int = 0, timeout: Int64 = 3_000) -> EnvironmentSettings {
    var settings = EnvironmentSettings()
    settings.extensions = UInt16(1 << extensions) - 1
    settings.shutdownSubscribers = settings.extensions
    settings.timeout = .milliseconds(timeout)
    return settings
  }
}

extension Life {
  /// A warm environment: init has ended at 0 ms.
  static let warm = """
    0 sandbox ready
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

// MARK: - Drawing

extension Life {
  /// The lanes as text, those that have anything, in the order of the screen.
  var lanes: String {
    let width = Phase.allCases.map(\.title.count).max() ?? 0
    var lines: [String] = []
    for phase in Phase.allCases {
      let spans = self.spans(of: phase)
      if spans.isEmpty { continue }
      var cells: [Character] = []
      for span in spans { draw(span, into: &cells) }
      let title = phase.title + String(repeating: " ", count: width - phase.title.count)
      lines.append(title + " " + String(cells))
    }
    return lines.joined(separator: "\n")
  }

  private typealias Stretch = (start: Timestamp, end: Timestamp?, outcome: Outcome)

  private func spans(of phase: Phase) -> [Stretch] {
    var spans: [Stretch] = phase == .create ? [(0, nil, .none)] : []
    for (time, action) in told {
      switch action {
      case .began(phase): spans.append((time, nil, .none))
      case .ended(phase, let outcome, _):
        if let last = spans.indices.last { spans[last] = (spans[last].start, time, outcome) }
      case .invokeBegan where phase == .invoke: spans.append((time, nil, .none))
      case .invokeEnded(_, let outcome, _) where phase == .invoke:
        if let last = spans.indices.last { spans[last] = (spans[last].start, time, outcome) }
      default: break
      }
    }
    return spans.filter { phase != .create || $0.start != $0.end }
  }

  private func draw(_ span: Stretch, into cells: inout [Character]) {
    let cell = Int64.milliseconds(100)
    let first = Int(span.start / cell)
    let last = max(first, Int(((span.end ?? end) - 1) / cell))
    while cells.count <= last { cells.append(" ") }
    for index in first...last { cells[index] = "=" }
    let mark: Character? =
      switch span.outcome {
      case .error, .failure: "x"
      case .timeout: "t"
      case .killed: "k"
      case .none, .success: span.end == nil ? ">" : span.end == span.start ? "|" : nil
      }
    if let mark { cells[last] = mark }
  }
}

// MARK: - Words

extension Life {
  /// What the world was asked to do, a line each: milliseconds and action.
  var orders: String { lines { $0.order } }

  /// What the caller and the log were told of invocations.
  var answers: String { lines { $0.answer } }

  /// What extensions went through.
  var extensionStates: String { lines { $0.extensionState } }

  /// The signals that were refused, each with the state that refused it.
  var anomalies: [String] {
    told.compactMap { told in
      guard case .anomaly(let anomaly) = told.action else { return nil }
      return "\(anomaly.signal) in \(anomaly.state)"
    }
  }

  private func lines(_ words: (Action) -> String?) -> String {
    told.compactMap { time, action in words(action).map { "\(time / .milliseconds(1)) \($0)" } }
      .joined(separator: "\n")
  }
}

extension Action {
  fileprivate var order: String? {
    switch self {
    case .startExtensions(let mask, _): "start extensions \(indices(of: mask))"
    case .startRuntime: "start runtime"
    case .deliver: "deliver to runtime"
    case .deliverToExtensions(let mask, _): "deliver to extensions \(indices(of: mask))"
    case .freeze: "freeze"
    case .thaw: "thaw"
    case .terminateRuntime: "SIGTERM runtime"
    case .killRuntime: "SIGKILL runtime"
    case .sendShutdown(let mask, let reason, let deadline, _):
      "SHUTDOWN \(reason) until \(deadline / .milliseconds(1)) to extensions \(indices(of: mask))"
    case .killExtensions(let mask): "SIGKILL extensions \(indices(of: mask))"
    case .gone(let reason): "gone \(reason)"
    default: nil
    }
  }

  fileprivate var answer: String? {
    switch self {
    case .respond(_, let outcome, let error): "caller: \(outcome) \(error.text)".trimmed
    case .runtimeDone(_, let outcome, let error): "runtime done: \(outcome) \(error.text)".trimmed
    case .report(_, let duration, let initDuration, let outcome, let error):
      ("report: duration \(duration / .milliseconds(1))"
        + (initDuration < 0 ? "" : " init \(initDuration / .milliseconds(1))")
        + " \(outcome) \(error.text)").trimmed
    default: nil
    }
  }

  fileprivate var extensionState: String? {
    guard case .extensionState(let index, let state, let error) = self else { return nil }
    return "extension \(index) \(state.wireName) \(error.text)".trimmed
  }

  private func indices(of mask: UInt16) -> String {
    (0..<16).filter { mask & 1 << $0 != 0 }.map { "\($0)" }.joined(separator: ",")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
