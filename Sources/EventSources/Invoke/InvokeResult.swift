package import LambdaLifecycle

/// The result of a request sent to an emulator.
package struct InvokeResult: Equatable, Sendable, CustomStringConvertible {
  package enum Outcome: Equatable, Sendable {
    /// - Parameter isCut: the body was longer than the part that is kept.
    case answered(status: Int, body: [UInt8], isCut: Bool)
    /// There was no answer; why, and what to do.
    case failed(String)
  }

  /// The number that `InvokeClient.invoke` returned.
  package let number: Int
  package let outcome: Outcome
  /// The moments when its turn came, and when it was answered.
  package let sent: Timestamp
  package let finished: Timestamp

  /// The outcome, for people.
  package var description: String {
    switch outcome {
    case .answered(let status, let body, let isCut):
      let text = String(decoding: body.prefix(200), as: UTF8.self)
      let answer = "the caller has its answer: HTTP \(status) \(text)"
      return isCut || body.count > 200 ? answer + "…" : answer
    case .failed(let message): return message
    }
  }
}
