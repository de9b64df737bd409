// The payloads that callers sent and got, of those requests for which they were reported.

/// The known payloads of a request: the one its caller sent, and the one it got.
package struct RequestPayloads: Equatable, Sendable {
  package internal(set) var event: Payload?
  package internal(set) var answer: Payload?

  mutating func take(_ payload: Payload) {
    switch payload.side {
    case .event: event = payload
    case .answer: answer = payload
    }
  }
}

extension Timeline {
  /// The payloads that a request's caller sent and got; nil where nobody reported them.
  package func payloads(of request: RequestID) -> RequestPayloads? { session.ledger.payloads[request] }
}
