import CSupervisor
import LambdaEventFormats
import LambdaLifecycle
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import LambdaEmulator

/// The requests of extensions, and the reports of the system and of a supervisor, are read from any bytes: in
/// pieces the same as whole.
func emulatorBytesViolation(_ bytes: [UInt8]) -> String? {
  let body = ByteBuffer(bytes: bytes)
  do throws(TelemetrySubscription.Invalid) {
    let subscription = try TelemetrySubscription(body)
    guard !subscription.kinds.names.isEmpty else { return "a subscription to nothing" }
    guard (25...30_000).contains(subscription.buffering.milliseconds) else { return "a wait out of range" }
    if case .http(_, let path) = subscription.destination, !path.hasPrefix("/") { return "no path: \(path)" }
  } catch {
    if error.words.isEmpty { return "refused without a word" }
  }
  if let wish = RegistrationWish(body) {
    for isInternal in [true, false] {
      do throws(RegistrationWish.InvalidEvent) { _ = try wish.subscriptions(isInternal: isInternal) } catch {
        if error.words.utf8.count > 2_000 { return "\(error.words.utf8.count) bytes of words" }
      }
    }
  }
  let length = InotifyRecord.all(in: body).reduce(0) { $0 + 16 + $1.file.utf8.count }
  // A byte that is no text becomes three.
  if length > 3 * bytes.count { return "names of files that are longer than what was read" }
  var draws = Draws(bytes)
  let pieces = draws.pieces(of: bytes)
  if lines([bytes[...]]) != lines(pieces) { return "lines in pieces are others" }
  let whole = reports([bytes[...]])
  if whole != reports(pieces) { return "reports in pieces are others" }
  if whole.count != bytes.count / MemoryLayout<lanes_report>.size { return "\(whole.count) reports" }
  guard let decoded = Base64.bytes(of: Base64.text(of: bytes)), decoded == bytes else {
    return "in base64 and back it is something else"
  }
  return nil
}

private func lines(_ pieces: [ArraySlice<UInt8>]) -> [[UInt8]] {
  var lines = OutputLines()
  var told: [[UInt8]] = []
  for piece in pieces { piece.withUnsafeBytes { lines.take($0) { told.append(Array($0)) } } }
  lines.finish { told.append(Array($0)) }
  return told
}

private func reports(_ pieces: [ArraySlice<UInt8>]) -> [[UInt8]] {
  var reports = SupervisorReports()
  var told: [[UInt8]] = []
  for piece in pieces {
    var buffer = ByteBuffer(bytes: piece)
    reports.append(&buffer)
    while let report = reports.next() { told.append(withUnsafeBytes(of: report) { Array($0) }) }
  }
  return told
}

/// Where a document is read it is valid, and the other way around as deep as it is read; written again it is the same.
func jsonViolation(_ bytes: [UInt8]) -> String? {
  let isValid = bytes.withUnsafeBytes { JSONText.isValid($0) }
  guard let value = bytes.withUnsafeBytes({ JSONValue($0) }) else {
    var depth = 0
    let deepest = bytes.reduce(0) { most, byte in
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      return max(most, depth)
    }
    return isValid && deepest < 64 ? "valid and not read" : nil
  }
  guard isValid else { return "read and not valid" }
  var written: [UInt8] = []
  write(value, to: &written)
  guard let again = written.withUnsafeBytes({ JSONValue($0) }) else {
    return "written it is no JSON: \(String(decoding: written, as: UTF8.self))"
  }
  return again == value ? nil : "written and read again it is another"
}

private func write(_ value: JSONValue, to bytes: inout [UInt8]) {
  switch value {
  case .null: bytes += Array("null".utf8)
  case .bool(let value): bytes += Array("\(value)".utf8)
  case .number(let digits): bytes += Array(digits.utf8)
  case .text(let text): JSONLine.append(string: text, to: &bytes)
  case .array(let elements):
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  case .object(let members):
    bytes.append(UInt8(ascii: "{"))
    for (place, member) in members.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONLine.append(string: member.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      write(member.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

/// Whatever a function answers by its URL, its caller gets a sound answer, whole or in a stream.
func urlAnswerViolation(_ bytes: [UInt8]) -> String? {
  var draws = Draws(bytes)
  let front = "application/vnd.awslambda.http-integration-response"
  for (pieces, type) in [
    (nil, ""), ([bytes[...]], front), (draws.pieces(of: bytes), front), ([bytes[...]], "text/plain"),
  ] as [([ArraySlice<UInt8>]?, String)] {
    let world = OneAnswer(pieces, type, bytes)
    let loop = EmbeddedEventLoop()
    world.listen(on: loop)
    let script = APIScript(Array(">0\nGET /lambda-url/app/ HTTP/1.1\nHost: localhost\n\n\n!a".utf8))
    let run = APIRun(script, on: loop, world)
    if let violation = run.violation { return violation }
    do {
      let answers = try HTTPText.all(run.received[0], answering: ["GET"], isCut: !run.isOpen[0])
      if answers.count != 1, run.isOpen[0] { return "\(answers.count) answers, \(type)" }
    } catch {
      return "\(error), \(type): \(String(decoding: run.received[0], as: UTF8.self))"
    }
  }
  return nil
}

/// A function with one answer.
private final class OneAnswer: APIWorld, InvokeCalls {
  private var api: CallerAPI?
  private(set) var listener: HTTPListener?
  private let pieces: [ArraySlice<UInt8>]?
  private let type: String
  private let bytes: [UInt8]
  private var call: CallRequest?
  var violation: String? { nil }

  init(_ pieces: [ArraySlice<UInt8>]?, _ type: String, _ bytes: [UInt8]) {
    self.pieces = pieces
    self.type = type
    self.bytes = bytes
  }

  func listen(on loop: EmbeddedEventLoop) {
    let api = CallerAPI(self, check: CallerCheck(host: nil))
    self.api = api
    listener = HTTPListener(api, on: loop, connections: APIScript.connections)
  }

  func answerAll() -> Bool { false }
  var wallTime: Timestamp { 0 }
  func newID() -> RequestID { RequestID(high: 1, low: 1) }
  func invoke(_ request: CallRequest) { call = request }
  func enqueue(_ request: CallRequest) -> Bool { false }

  func happens(_ letter: UInt8) {
    guard let call else { return }
    let facts = AnswerFacts(request: call.id, version: "$LATEST")
    if let pieces, let stream = call.caller?.stream(contentType: type, facts) {
      for piece in pieces { stream.write(ByteBuffer(bytes: piece)) }
    }
    let answer = FunctionAnswer(
      streamed: ByteBuffer(bytes: bytes), of: bytes.count, contentType: "application/json")
    _ = call.caller?.answer(answer, facts)
  }
}
