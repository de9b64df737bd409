internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The Runtime API (runtimes-api page) of one generation of an environment's processes. It knows HTTP and JSON, not the
/// lifecycle.
final class RuntimeAPI {
  /// The most bytes of a response: 6 MiB and 100 bytes (interop.MaxPayloadSize of the emulator).
  static let mostBytes = 6_291_556
  private static let version = "/2018-06-01/"
  private static let root = version + "runtime/"
  private static let invocations = root + "invocation/"

  let generation: Generation
  private weak var runtime: (any RuntimeCalls)?
  /// The runtime's request for its next event, while it waits.
  private var parked: HTTPReply?
  /// The fleet knows that the runtime waits: a Next that takes the place of one that was lost is no news.
  private var hasAsked = false
  /// An event whose runtime has lost its connection while it waited.
  private var undelivered: RuntimeEvent?
  /// The request whose response is being streamed.
  private var streamed: String?

  init(_ runtime: any RuntimeCalls, _ generation: Generation) {
    self.runtime = runtime
    self.generation = generation
  }

  /// True for a path of this API.
  static func takes(_ path: Substring) -> Bool { path.hasPrefix(version) }

  /// Hands an event to the runtime that waits for it.
  func deliver(_ event: RuntimeEvent) {
    hasAsked = false
    guard let parked, parked.isOpen else {
      undelivered = event
      return
    }
    self.parked = nil
    parked.send(.ok, event.fields, event.body)
  }

  // MARK: Requests

  /// A client has left in the middle of a body.
  func isTruncated(_ head: HTTPRequestHead) {
    guard let (id, verb) = Self.invocation(in: head.path), verb == "response",
      head.headers.first(name: Self.modeField) != nil
    else { return }
    // Only of a stream: where another body breaks off, its runtime has ended, which is reported as that.
    breaksOff(id)
  }

  private func breaksOff(_ id: String) {
    let answer = FunctionAnswer(error: "Runtime.TruncatedResponse", text: "Response truncated")
    _ = runtime?.answers(answer, to: id, generation)
    runtime?.settle()
  }

  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)? {
    guard head.method == .POST, streamed == nil, let (id, verb) = Self.invocation(in: head.path),
      verb == "response", head.headers.first(name: Self.modeField) == "streaming",
      head.headers.first(name: Self.attemptField).map({ runtime?.isAttempt($0, at: id) ?? false }) ?? true
    else { return nil }
    let type = FunctionAnswer.streamType(of: head)
    guard let caller = runtime?.streams(to: id, contentType: type, generation) else { return nil }
    streamed = id
    return ResponseStream(
      to: caller, contentType: type,
      tooLarge: { [weak self] in
        _ = self?.runtime?.answers(Self.tooLarge(ResponseStream.mostBytes), to: id, self?.generation ?? 0)
        self?.runtime?.settle()
      },
      ended: { [weak self] end, reply in
        guard let self, let runtime = self.runtime else { return }
        self.streamed = nil
        switch end {
        case .refused: reply.refuse(.payloadTooLarge, .tooLarge(ResponseStream.mostBytes))
        case .whole(let answer):
          self.acknowledge(
            runtime.answers(answer, to: id, self.generation), reply, "InvocationResponse", runtime)
        }
      },
      broken: { [weak self] in
        self?.streamed = nil
        self?.breaksOff(id)
      })
  }

  /// Answers a request to one of its paths, at once or later.
  func answer(_ call: HTTPCall) {
    guard let runtime else { return call.reply.refuse(.internalServerError, .internalError) }
    let path = call.path
    if path == Self.invocations + "next" {
      return call.head.method == .GET ? next(call, runtime) : call.reply.refuseMethod()
    }
    if let (id, verb) = Self.invocation(in: path) {
      guard call.head.method == .POST else { return call.reply.refuseMethod() }
      // A runtime that repeats the attempt's id must have the right one; it may be left out.
      if let attempt = call.header(Self.attemptField), !runtime.isAttempt(attempt, at: id) {
        return call.reply.refuse(.badRequest, .invalidInvocationID)
      }
      // Its answer is on its way.
      if id == streamed { return refuseState("InvocationResponse", call.reply, runtime) }
      if verb == "response" { return response(call, to: id, runtime) }
      if verb == "error" { return error(call, to: id, runtime) }
    }
    switch path {
    case Self.root + "init/error":
      guard call.head.method == .POST else { return call.reply.refuseMethod() }
      let answer = FunctionAnswer(error: call, otherwise: "Runtime.Unknown")
      acknowledge(runtime.initFailed(answer, generation), call.reply, "InitError", runtime)
    case Self.version + "ping":
      call.reply.send(.ok, [("Content-Type", "text/plain")], ByteBuffer(string: "pong"))
    default: call.reply.refuse(.notFound, .noSuchPath(path))
    }
  }

  private static let attemptField = "Lambda-Runtime-Invocation-Id"
  static let modeField = "Lambda-Runtime-Function-Response-Mode"

  /// The request id and the last word of a path; nil for another path.
  private static func invocation(in path: Substring) -> (String, Substring)? {
    guard path.hasPrefix(invocations) else { return nil }
    let rest = path.utf8.dropFirst(invocations.utf8.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    return (String(path[rest.startIndex..<slash]), path[path.utf8.index(after: slash)...])
  }

  private func next(_ call: HTTPCall, _ runtime: any RuntimeCalls) {
    if hasAsked {
      guard parked?.isOpen != true else { return refuseState("Ready", call.reply, runtime) }
      parked = call.reply
      if let event = undelivered {
        undelivered = nil
        deliver(event)
      }
      return
    }
    // An event on its way to a connection that is gone is this one's.
    if let event = undelivered {
      undelivered = nil
      return call.reply.send(.ok, event.fields, event.body)
    }
    // It waits before the fleet hears of it, which may have an event for it at once.
    parked = call.reply
    switch runtime.asks(generation, accepted: { self.hasAsked = true }) {
    case .accepted: break
    // It is being ended: the event that it waits for does not come any more.
    case .stale: hasAsked = true
    case .rejected:
      parked = nil
      refuseState("Ready", call.reply, runtime)
    }
  }

  private static func tooLarge(_ most: Int) -> FunctionAnswer {
    FunctionAnswer(
      error: "Function.ResponseSizeTooLarge",
      text: "Response payload size exceeded maximum allowed payload size (\(most) bytes).")
  }

  private func response(_ call: HTTPCall, to id: String, _ runtime: any RuntimeCalls) {
    if let mode = call.header(Self.modeField), mode != "streaming" {
      return call.reply.refuse(.badRequest, .invalidResponseMode)
    }
    guard !call.isTooLarge else {
      // Its runtime may end for this refusal: the caller is to know why.
      let reception = runtime.answers(Self.tooLarge(Self.mostBytes), to: id, generation)
      guard reception == .accepted else {
        return acknowledge(reception, call.reply, "InvocationResponse", runtime)
      }
      call.reply.refuse(.payloadTooLarge, .tooLarge(Self.mostBytes))
      return runtime.settle()
    }
    let answer = FunctionAnswer(trailers: call.trailers) ?? FunctionAnswer(call)
    acknowledge(runtime.answers(answer, to: id, generation), call.reply, "InvocationResponse", runtime)
  }

  private func error(_ call: HTTPCall, to id: String, _ runtime: any RuntimeCalls) {
    guard !call.isTooLarge else { return call.reply.refuse(.payloadTooLarge, .tooLarge(Self.mostBytes)) }
    let answer = FunctionAnswer(error: call, otherwise: "Function.Unknown")
    acknowledge(runtime.answers(answer, to: id, generation), call.reply, "InvocationErrorResponse", runtime)
  }

  /// The runtime's answer comes before the caller's: its way to the next event is the longer one.
  private func acknowledge(
    _ reception: Reception?, _ reply: HTTPReply, _ state: String, _ runtime: any RuntimeCalls
  ) {
    switch reception {
    case .accepted: reply.send(.accepted, json: #"{"status":"OK"}"#)
    case .rejected: refuseState(state, reply, runtime)
    case .stale, nil: reply.refuse(.badRequest, .invalidRequestID)
    }
    runtime.settle()
  }

  private func refuseState(_ wanted: String, _ reply: HTTPReply, _ runtime: any RuntimeCalls) {
    reply.refuse(.forbidden, .invalidState(from: runtime.stateName, to: wanted))
  }
}

/// Hears what a runtime wants: an environment.
protocol RuntimeCalls: AnyObject {
  /// The name of the runtime's state in the Runtime API.
  var stateName: String { get }
  /// The runtime asks for its next event.
  /// - Parameter accepted: called before an event may come.
  func asks(_ generation: Generation, accepted: () -> Void) -> Reception
  /// True for the id of the attempt that the runtime has at a request.
  func isAttempt(_ attempt: String, at id: String) -> Bool
  /// The runtime answers a request; nil where it has no such request. Followed by `settle`.
  func answers(_ answer: FunctionAnswer, to id: String, _ generation: Generation) -> Reception?
  /// The runtime begins to stream its answer to a request; nil where it has no such request, and where its caller waits for
  /// the whole of it. `answers` follows.
  func streams(to id: String, contentType: String, _ generation: Generation) -> (any CallerStream)?
  /// The runtime says that its init has failed. Followed by `settle`.
  func initFailed(_ answer: FunctionAnswer, _ generation: Generation) -> Reception
  /// Does what follows from the last word.
  func settle()
}

/// An event as a runtime gets it.
struct RuntimeEvent {
  var fields: [(String, String)]
  var body: ByteBuffer
}
