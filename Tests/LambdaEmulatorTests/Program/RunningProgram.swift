import Foundation
import Glibc
import TestSupport
import Testing

/// The program itself, `lanes run`, with a function of a test's. All its processes have a variable that no
/// others have.
final class RunningProgram: Sendable {
  let scratch: Scratch
  /// The address at which the function is called.
  let address: String
  let pid: pid_t
  private let mark: String

  /// - Parameters:
  ///   - files: the function's, by name.
  ///   - variables: of the shell that it is typed in.
  ///   - words: the arguments behind `lanes run` and the options that every test needs.
  static func start(
    _ files: [String: String], shell variables: [String: String] = [:], _ words: String...
  ) async throws -> RunningProgram {
    try await start(files, shell: variables, words: words)
  }

  /// The same with words that are put together.
  static func start(
    _ files: [String: String], shell variables: [String: String] = [:], words: [String]
  ) async throws -> RunningProgram {
    try await waiting { try RunningProgram(files, variables, words) }
  }

  private init(_ files: [String: String], _ variables: [String: String], _ words: [String]) throws {
    scratch = try Scratch()
    for (name, text) in files { try scratch.write(Array(text.utf8), to: name) }
    let errors = try scratch.write([], to: ".errors")
    mark = "LANES_TEST_MARK=\(UUID().uuidString)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Programs.lanes)
    // A fourteenth of a processor would be all that a function of 128 MB has.
    process.arguments =
      ["run", "--plain", "--no-aws", "--no-limits", "--port", "0", "--code", scratch.path, "--env", mark]
      + words
    var environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    environment["LANES_TEST_MARK"] = String(mark.split(separator: "=")[1])
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: try scratch.write([], to: ".output"))
    process.standardError = FileHandle(forWritingAtPath: errors)
    // It would inherit the signals that this thread has blocked, as threads of libraries do: those that are
    // to end it.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try process.run()
    pid = process.processIdentifier
    var address: String?
    let deadline = ContinuousClock.now + .seconds(20)
    while address == nil {
      let told = try scratch.text(".errors")
      address =
        told.split(separator: "\n").first { $0.contains("http://") }?.components(separatedBy: "//").last
      guard process.isRunning, ContinuousClock.now < deadline else {
        kill(pid, SIGKILL)
        throw SmallClient.Failure(what: "lanes run has not begun: \(told)")
      }
      usleep(2_000)
    }
    self.address = try #require(address)
  }

  deinit { if processes.contains(pid) { kill(pid, SIGKILL) } }

  /// Its notes beside the events: the files and programs that it has found to start the function with.
  func notes() throws -> String { try scratch.text(".errors") }

  /// Its processes that run, itself among them.
  var processes: [pid_t] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return [] }
    let word = Data(mark.utf8)
    return names.compactMap { pid_t($0) }.filter { pid in
      // The dead have no variables.
      FileManager.default.contents(atPath: "/proc/\(pid)/environ")?.range(of: word) != nil
    }
  }

  /// Calls the function.
  /// - Parameter fields: header fields.
  func call(
    _ body: String = "{}", name: String = "app", _ fields: [String: String] = [:]
  ) async throws -> SmallClient.Answer {
    let client = try await waiting { [address] in
      try SmallClient(address, path: "/2015-03-31/functions/\(name)/invocations")
    }
    return try await waiting { try client.call(body, fields) }
  }

  /// Ends it as ctrl-C does, and waits until nothing of it is left.
  func end() async throws {
    kill(pid, SIGINT)
    try await waiting { try eventually("lanes run has ended") { self.processes.isEmpty } }
  }
}
