import CursesTerminal
import EventSources
import Glibc
import LambdaEventFormats
import LambdaLifecycle

/// The one input of a session: where bytes come from, how they are read, and where requests are sent to.
///
/// Bytes arrive on threads of their own and are decoded here, on the main thread, within the budget of a frame.
final class Input {
  private let inbox: Inbox
  private var reader: StreamReader
  private var child: ChildProcess?
  private var file: FileSource?
  private var client: InvokeClient?
  private var payload: [UInt8] = []
  private var tellsArrival = true

  private(set) var hasEnded = false
  private(set) var failure: String?
  private(set) var childStatus: ChildStatus?
  /// What became of requests that were sent, to be shown once.
  var requestMessages: [String] = []

  init(format: StreamFormat?) throws {
    inbox = try Inbox()
    reader = StreamReader(format: format)
  }

  var lines: Int { reader.lines }
  var format: StreamFormat? { reader.format }
  var sourceKind: SourceKind? { reader.sourceKind }
  var descriptor: Int32 { inbox.descriptor }
  var hasChild: Bool { child != nil }
  var isChildRunning: Bool { child?.isRunning ?? false }
  var acceptsRequests: Bool { client != nil }

  func start(file path: String, follow: Bool, tellsArrival: Bool) throws {
    self.tellsArrival = tellsArrival
    file = try FileSource.start(path: path, follow: follow, source: 0, into: inbox)
  }

  func start(command: [String]) throws {
    let child = try ChildProcess.start(command, source: 0, into: inbox)
    endGroupOnTrap(child.processIdentifier)
    self.child = child
  }

  /// Requests go to this emulator, one after another: RIE cannot take two at once.
  func acceptRequests(at url: InvokeURL, payload: [UInt8]) {
    client = InvokeClient(url, results: inbox)
    self.payload = payload
  }

  /// Sends a request. An emulator that was started a moment ago may not listen yet.
  func sendRequest() { _ = client?.invoke(payload, patience: .seconds(2)) }

  /// SIGTERM to the child, so that it shuts its function down as it does in earnest.
  func terminateChild() { child?.terminate() }

  /// Waits until there is something to read, here or at another descriptor.
  /// - Parameter milliseconds: at most this long; -1 for as long as it takes.
  func wait(or other: Int32 = -1, milliseconds: Int32 = -1) {
    var descriptors = [
      pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    poll(&descriptors, 2, milliseconds)
  }

  /// Decodes what has arrived, at most about `maxBytes`.
  /// - Returns: whether there was anything.
  @discardableResult
  func read(into session: inout Session, maxBytes: Int) -> Bool {
    let notices = inbox.take(maxBytes: maxBytes)
    for notice in notices {
      switch notice {
      case .chunk(let chunk): decode(chunk, &session)
      case .ended:
        reader.finish(into: &session.log)
        recognize(&session)
        hasEnded = true
      case .failed(_, let message): failure = message
      case .childExited(_, let status): childStatus = status
      case .invokeFinished(let result): requestMessages.append(describe(result))
      }
    }
    return !notices.isEmpty
  }

  private func decode(_ chunk: Chunk, _ session: inout Session) {
    let stream: OutputStream? =
      switch chunk.stream {
      case .data: nil
      case .stdout: .stdout
      case .stderr: .stderr
      }
    chunk.bytes.withUnsafeBytes { bytes in
      reader.read(bytes, stream: stream, arrival: tellsArrival ? chunk.arrival : nil, into: &session.log)
    }
    recognize(&session)
  }

  private func recognize(_ session: inout Session) {
    if let kind = reader.sourceKind { session.recognize(kind) }
  }

  private func describe(_ result: InvokeResult) -> String {
    switch result.outcome {
    case .answered(let status, let body, let isCut):
      let text = String(decoding: body.prefix(200), as: UTF8.self)
      let answer = "the caller has its answer: HTTP \(status) \(text)"
      return isCut || body.count > 200 ? answer + "…" : answer
    case .failed(let message): return message
    }
  }

  /// For an input of which no line gave its format away.
  func notRecognised(_ path: String) -> String {
    """
    \(path): expected output of the Runtime Interface Emulator, Telemetry API events or a lanes recording, found \
    \(lines == 0 ? "nothing" : "\(lines) line\(lines == 1 ? "" : "s") of something else"). If it is one of them, name it with --from.
    """
  }

  /// A child that has ended leaves lines in its pipes; their end comes soon, unless somebody who left its group keeps
  /// them open.
  private func readLastWords(into session: inout Session) {
    guard child != nil else { return }
    let deadline = monotonicTime() &+ .milliseconds(500)
    while !hasEnded, monotonicTime() < deadline {
      wait(milliseconds: 50)
      read(into: &session, maxBytes: 1 << 20)
    }
  }

  /// Ends everything that was started, and waits for the child's group to be gone. What it still says is read: an
  /// emulator's last lines tell the shutdown.
  func stop(into session: inout Session) {
    client?.close()
    file?.stop()
    child?.endGroup { self.read(into: &session, maxBytes: 1 << 20) }
    readLastWords(into: &session)
    endGroupOnTrap(0)
    inbox.close()
  }
}
