import LambdaEventFormats
import LambdaLifecycle
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import LambdaEmulator

/// A fleet without environments: calls wait until the script has them answered, in one of many ways.
final class FakeFleet: APIWorld, InvokeCalls {
  private var api: CallerAPI?
  private(set) var listener: HTTPListener?
  private var draws: Draws
  private var ids: UInt64 = 0
  private var calls: [CallRequest] = []
  private var streams: [(CallRequest, any CallerStream)] = []
  private(set) var violation: String?

  init(on loop: EmbeddedEventLoop, _ draws: Draws) {
    self.draws = draws
    let api = CallerAPI(self, check: CallerCheck(host: nil))
    self.api = api
    listener = HTTPListener(api, on: loop, connections: 2)
  }

  func happens(_ letter: UInt8) {
    switch letter {
    case UInt8(ascii: "a"): answerNext()
    case UInt8(ascii: "s"): beginStream()
    case UInt8(ascii: "p"): streams.first?.1.write(ByteBuffer(string: "part"))
    case UInt8(ascii: "z"): streams.first?.1.write(ByteBuffer(bytes: [UInt8](repeating: 0, count: 5)))
    case UInt8(ascii: "e"): endStream()
    case UInt8(ascii: "h"): listener?.isReading.toggle()
    case UInt8(ascii: "c"): listener?.close()
    default: break
    }
  }

  func answerAll() -> Bool {
    guard !calls.isEmpty || !streams.isEmpty else { return false }
    while !streams.isEmpty { endStream() }
    if !calls.isEmpty { answerNext() }
    return true
  }

  // MARK: InvokeCalls

  var wallTime: Timestamp { 1_795_403_188_586_000_000 }

  func newID() -> RequestID {
    ids += 1
    return RequestID(high: 0x4000, low: 0x8000_0000_0000_0000 | ids)
  }

  func invoke(_ request: CallRequest) {
    check(request)
    calls.append(request)
  }

  func enqueue(_ request: CallRequest) -> Bool {
    check(request)
    return draws.next(below: 4) > 0
  }

  /// A runtime gets JSON, with fields that can be sent.
  private func check(_ request: CallRequest) {
    if !request.event.withUnsafeReadableBytes({ JSONText.isValid($0) }) {
      violation = "an event that is no JSON: \(String(buffer: request.event))"
    }
    if request.event.readableBytes > InvokeAPI.mostBytes { violation = "an event that is too large" }
    let wishes = request.wishes
    for text in [wishes.arn(region: "r"), wishes.clientContext ?? "", wishes.traceID ?? "", wishes.version] {
      if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
        violation = "a field with control characters: \(text)"
      }
    }
  }

  // MARK: Answers

  private static let answers = [
    "{}", "\"text\"", "no JSON", "",
    #"{"statusCode":201,"headers":{"x-own":"a","Content-Length":"9"},"cookies":["a=b"],"body":"made"}"#,
    #"{"statusCode":204,"body":"none"}"#, #"{"statusCode":99}"#, #"{"statusCode":304}"#,
    #"{"statusCode":200,"headers":{"bad\r\nname":"x"}}"#, #"{"statusCode":200,"headers":{"a":"b\r\nc: d"}}"#,
    #"{"statusCode":200,"body":"YWJj","isBase64Encoded":true}"#,
    #"{"statusCode":200,"headers":{"Transfer-Encoding":"chunked","Upgrade":"x"},"body":"b"}"#,
    #"{"statusCode":200,"body":"!","isBase64Encoded":true}"#,
  ]

  private func answerNext() {
    guard !calls.isEmpty else { return }
    let call = calls.removeFirst()
    switch draws.next(below: 6) {
    case 0:
      call.caller?.refuse(InvokeRefusal(.tooManyRequests, "T", "m", reason: "r"), [("Retry-After", "1")])
    case 1: answer(call, FunctionAnswer(error: "Runtime.ExitError", text: "it ended"))
    default: answer(call, FunctionAnswer(telling: Self.answers[draws.next(below: Self.answers.count)]))
    }
  }

  private func answer(_ call: CallRequest, _ answer: FunctionAnswer) {
    _ = call.caller?.answer(answer, facts(call))
  }

  private func facts(_ call: CallRequest) -> AnswerFacts {
    AnswerFacts(request: call.id, version: call.wishes.version, log: call.wishes.wantsLog ? "bG9n" : nil)
  }

  private func beginStream() {
    guard !calls.isEmpty else { return }
    let call = calls.removeFirst()
    let types = ["text/plain", "application/vnd.awslambda.http-integration-response"]
    if let stream = call.caller?.stream(contentType: types[draws.next(below: 2)], facts(call)) {
      stream.write(ByteBuffer(string: draws.next(below: 2) == 0 ? #"{"statusCode":201}"# : "part"))
      streams.append((call, stream))
    } else {
      calls.insert(call, at: 0)
    }
  }

  private func endStream() {
    guard !streams.isEmpty else { return }
    let (call, _) = streams.removeFirst()
    let isError = draws.next(below: 3) == 0
    answer(
      call,
      isError
        ? FunctionAnswer(error: "Function.Broken", text: "broken")
        : FunctionAnswer(streamed: ByteBuffer(string: "part"), of: 4, contentType: "text/plain"))
  }
}

extension FunctionAnswer {
  /// A success, as a runtime gives it.
  init(telling text: String) {
    self.init(streamed: ByteBuffer(string: text), of: text.utf8.count, contentType: "text/plain")
  }
}
