package import LambdaLifecycle

/// What became of a request sent to an emulator.
package struct InvokeResult: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    /// - Parameter isCut: the body was longer than what is kept of it.
    case answered(status: Int, body: [UInt8], isCut: Bool)
    /// There was no answer; what was found and what to do.
    case failed(String)
  }

  /// The number that `InvokeClient.invoke` returned.
  package let number: Int
  package let outcome: Outcome
  /// When its turn came, and when it was answered.
  package let sent: Timestamp
  package let finished: Timestamp
}
