import LambdaEventFormats
import NIOEmbedded

/// The properties of an API whatever its clients send: each whole request is answered once or its connection
/// is closed, answers are sound, and bytes that come in pieces are the same as whole.
struct APIProperties {
  private let bytes: [UInt8]
  private let world: (EmbeddedEventLoop, Draws) -> any APIWorld

  /// - Parameter world: makes the world behind the API.
  init(_ bytes: [UInt8], _ world: @escaping (EmbeddedEventLoop, Draws) -> any APIWorld) {
    self.bytes = bytes
    self.world = world
  }

  /// The first property that does not hold; nil if all do.
  var violation: String? {
    var draws = Draws(bytes)
    let script = APIScript(bytes)
    let whole = run(script)
    if let violation = whole.violation { return violation }
    for number in 0..<APIScript.connections {
      if let violation = violation(of: whole, number) { return "connection \(number): \(violation)" }
    }
    let pieces = run(script.inPieces(&draws))
    if let violation = pieces.violation { return "in pieces: \(violation)" }
    guard whole.received != pieces.received || whole.isOpen != pieces.isOpen else { return nil }
    let texts = zip(whole.received, pieces.received).filter { $0 != $1 }.map { one, other in
      "\(String(decoding: one, as: UTF8.self)) and \(String(decoding: other, as: UTF8.self))"
    }
    return "in pieces it is answered otherwise: \(texts.first ?? "\(whole.isOpen), \(pieces.isOpen)")"
  }

  private func run(_ script: APIScript) -> APIRun {
    let loop = EmbeddedEventLoop()
    return APIRun(script, on: loop, world(loop, Draws(bytes)))
  }

  private func violation(of run: APIRun, _ number: Int) -> String? {
    let requests = HTTPRequests(run.sent[number])
    let answers: [HTTPText]
    do {
      answers = try HTTPText.all(
        run.received[number], answering: requests.methods, isCut: !run.isOpen[number])
    } catch {
      return "\(error) in \(String(decoding: run.received[number], as: UTF8.self))"
    }
    // A text that is no HTTP, or ends too early, may be answered before its connection is closed.
    if answers.count > requests.whole + (run.isOpen[number] ? 0 : 1) {
      return "\(answers.count) answers to \(requests.whole) requests"
    }
    if run.isOpen[number], answers.count != requests.whole {
      return "\(answers.count) answers to \(requests.whole) requests of a connection that is open"
    }
    for answer in answers {
      // The answer of a function is its own affair.
      let isOurs = answer.status >= 400 || answer.field("x-amzn-requestid") == nil
      // To HEAD there is none.
      if isOurs, answer.field("content-type") == "application/json", !answer.body.isEmpty,
        answer.body != Array("Internal Server Error".utf8),
        !answer.body.withUnsafeBytes({ JSONText.isValid($0) })
      {
        return "no JSON: \(String(decoding: answer.body, as: UTF8.self))"
      }
    }
    return nil
  }
}
