import EventSources
import Foundation
import FoundationNetworking
import LambdaEmulator
import LambdaLifecycle
import TestSupport

/// A function of a test's that runs in an emulator of its own: called by HTTP, and what happens is read from
/// its inbox.
final class RunningFunction {
  let scratch: Scratch
  private let inputs: Inputs
  /// The log that holds the texts of the events' names.
  private(set) var log = EventLog(source: .emulator)
  let emulator: Emulator
  /// All that has happened so far, as words.
  private(set) var events: [LifecycleEvent] = []

  /// - Parameters:
  ///   - scratch: where its files are; kept as long as it runs.
  ///   - clients: the folder of the runtime's own files.
  init(
    _ scratch: Scratch, _ launch: RuntimeLaunch, _ clients: String, _ change: (inout EmulatorSettings) -> Void
  ) async throws {
    self.scratch = scratch
    var function = FunctionScenario()
    function.name = "app"
    let variables = FunctionEnvironment(
      function: FunctionFacts(name: "app", region: "us-east-1"), launch: launch,
      runtimeDirectory: clients, credentials: .find(noAWS: true))
    var settings = EmulatorSettings(function, launch, variables)
    settings.port = 0
    settings.supervisor =
      ProcessInfo.processInfo.environment["LANES_PROGRAM"] ?? Repository.path(".build/debug/lanes")
    change(&settings)
    inputs = try Inputs(format: nil)
    let input = inputs.addEventInput("run", in: &log)
    emulator = try await waiting { [settings] in try Emulator.start(settings, into: input) }
  }

  /// - Parameters:
  ///   - python: the text of `app.py`.
  ///   - folder: where it is put; a new one by default.
  ///   - change: its settings.
  static func start(
    _ python: String, in folder: Scratch? = nil, _ change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let scratch = try folder ?? Scratch()
    try scratch.write(Array(python.utf8), to: "app.py")
    let clients = scratch.file("clients")
    try FileManager.default.createDirectory(atPath: clients, withIntermediateDirectories: true)
    try RuntimeClient.write(into: clients)
    let launch = try await waiting { [path = scratch.path] in
      try RuntimeLaunch(handler: "app.handler", settings: LaunchSettings(code: path, clients: clients))
    }
    return try await RunningFunction(scratch, launch, clients, change)
  }

  /// A program that speaks the Runtime API itself.
  /// - Parameter python: its text.
  static func start(
    runtime python: String, _ change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let scratch = try Scratch()
    try scratch.write(Array(python.utf8), to: "runtime.py")
    let launch = try await waiting { [path = scratch.path] in
      try RuntimeLaunch(
        command: ["python3", "\(path)/runtime.py"], settings: LaunchSettings(code: path, clients: path))
    }
    return try await RunningFunction(scratch, launch, scratch.path, change)
  }

  /// Calls it.
  /// - Returns: the status, the fields in lower case, and the body.
  func call(
    _ body: String = "{}", path: String = "/2015-03-31/functions/app/invocations",
    _ fields: [String: String] = [:]
  ) async throws -> Answer {
    try await Self.call(emulator.address, body, path: path, fields)
  }

  typealias Answer = (status: Int, fields: [String: String], body: String)

  /// Calls whoever listens at an address, for tests that do something else meanwhile.
  static func call(
    _ address: String, _ body: String, path: String = "/2015-03-31/functions/app/invocations",
    _ fields: [String: String] = [:]
  ) async throws -> Answer {
    var request = URLRequest(url: URL(string: "http://\(address)\(path)") ?? URL(fileURLWithPath: "/"))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    request.timeoutInterval = 30
    for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    let answer = response as? HTTPURLResponse
    var found: [String: String] = [:]
    for (name, value) in answer?.allHeaderFields ?? [:] { found["\(name)".lowercased()] = "\(value)" }
    return (answer?.statusCode ?? 0, found, String(decoding: data, as: UTF8.self))
  }

  /// Reads events until a condition holds, for ten seconds at most.
  /// - Returns: true if it holds.
  func wait(for condition: (RunningFunction) -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while true {
      read()
      if condition(self) { return true }
      if ContinuousClock.now > deadline { return false }
      // Not by a wait that would keep a thread of the tests.
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Ends it and reads the rest.
  func end() async throws {
    try await waiting { [emulator] in emulator.end() }
    read()
  }

  private func read() {
    inputs.read(into: &log, maxBytes: 4 << 20)
    events += log.events
    log.events = []
  }

  /// The phases that have ended, in order: `init`, `invoke timeout`; without those of each extension in its
  /// own time.
  var phases: [String] {
    events.compactMap { event in
      guard case .phaseEnded(let end) = event.kind, end.extensionName == .none else { return nil }
      return end.outcome.isBad ? "\(end.phase.wireName) \(end.outcome.wireName)" : end.phase.wireName
    }
  }

  /// The lines that the function has printed.
  var output: [String] {
    events.compactMap { event in
      guard case .output(_, let text) = event.kind else { return nil }
      return log.text.text(text)
    }
  }

  /// The reports beside the lifecycle.
  var markers: [String] {
    events.compactMap { event in
      guard case .marker(let name) = event.kind else { return nil }
      return log.catalog.text(name)
    }
  }

  /// The number of times that an environment has been frozen.
  var freezes: Int { events.count { if case .phaseBegan(.frozen, _) = $0.kind { true } else { false } } }

  /// The number of environments that have been created, and of those that are gone.
  var created: Int { events.count { if case .environmentCreated = $0.kind { true } else { false } } }
  var gone: Int { events.count { if case .environmentGone = $0.kind { true } else { false } } }
}
