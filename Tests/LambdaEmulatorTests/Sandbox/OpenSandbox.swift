internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import TestSupport
internal import Testing

@testable internal import LambdaEmulator

/// A sandbox on a loop of its own, and all that it has reported.
final class OpenSandbox: Sendable {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let loop: any EventLoop
  private let sandbox: NIOLoopBoundBox<Sandbox?>
  private let told = Mutex<Told>(Told())

  struct Told: Sendable {
    var events: [SandboxEvent] = []
    var function: [UInt8] = []
    var extensions: [UInt8] = []
    var carriedOut: [UInt32] = []

    var containment: Containment? {
      for case .opened(let containment) in events { return containment }
      return nil
    }
    var failure: String? {
      for case .failed(let sentence) in events { return sentence }
      return nil
    }
    var isClosed: Bool {
      events.contains { if case .closed = $0 { true } else { false } }
    }
    func hasStarted(_ key: ProcessKey) -> Bool {
      events.contains { if case .started(key, _) = $0 { true } else { false } }
    }
    func error(_ key: ProcessKey) -> Int32? {
      for case .notStarted(key, let errno) in events { return errno }
      return nil
    }
    func end(_ key: ProcessKey) -> ProcessEnd? {
      for case .ended(key, let end, _) in events { return end }
      return nil
    }
    func peakMemory(_ key: ProcessKey) -> Int64? {
      for case .ended(key, _, let peak) in events { return peak }
      return nil
    }
    /// The bytes written when the process' end was reported.
    func bytes(atEndOf key: ProcessKey) -> Int? {
      var count = 0
      for event in events {
        if case .output(_, let bytes) = event { count += bytes.readableBytes }
        if case .ended(key, _, _) = event { return count }
      }
      return nil
    }
    var functionText: String { String(decoding: function, as: UTF8.self) }
  }

  init(_ settings: SandboxSettings) throws {
    loop = group.next()
    sandbox = NIOLoopBoundBox.makeEmptyBox(valueType: Sandbox.self, eventLoop: loop)
    let bound = NIOLoopBoundBox.makeBoxSendingValue(settings, eventLoop: loop)
    try loop.submit { [self] in
      let made = Sandbox(bound.value, on: loop) { [self] event in
        told.withLock { told in
          if case .output(let owner, let bytes) = event {
            if owner == .function { told.function += Array(buffer: bytes) }
            if owner == .extensions { told.extensions += Array(buffer: bytes) }
          }
          told.events.append(event)
        }
      }
      made.carriedOut = { [self] kind, _ in told.withLock { $0.carriedOut.append(kind) } }
      sandbox.value = made
      made.open()
    }.wait()
  }

  var now: Told { told.withLock { $0 } }

  func use(_ work: @escaping @Sendable (Sandbox) -> Void) throws {
    try loop.submit { [self] in sandbox.value.map(work) }.wait()
  }

  /// Waits for a report, ten seconds at most.
  func wait(_ what: String, for condition: (Told) -> Bool) throws {
    try eventually("\(what); told: \(now.events.count) events, \(now.functionText.suffix(300))") {
      condition(now)
    }
  }

  func start(
    _ arguments: [String], as key: ProcessKey = 1, output: OutputOwner = .function,
    environment: [String] = ["PATH=/usr/local/bin:/usr/bin:/bin"]
  ) throws {
    let order = ProcessOrder(
      arguments: arguments, environment: environment, directory: "/", output: output)
    try use { $0.start(order, as: key) }
  }

  func close() throws {
    try use { $0.close() }
    try wait("closed") { $0.isClosed }
    try loop.submit { [self] in sandbox.value = nil }.wait()
    try group.syncShutdownGracefully()
  }
}

struct Never: Error { var what: String }

/// Asks again and again, ten seconds at most, or as long as is said.
func eventually(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(10), _ condition: () throws -> Bool
) throws {
  let end = ContinuousClock.now + limit
  while try !condition() {
    guard ContinuousClock.now < end else {
      Issue.record("never: \(what())")
      throw Never(what: what())
    }
    usleep(1_000)
  }
}
