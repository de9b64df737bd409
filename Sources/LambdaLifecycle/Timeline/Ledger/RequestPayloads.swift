// What callers sent and got, of those requests of which it was told.

/// What is known of what a request's caller sent, and what it got.
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
  /// What a request's caller sent and got; nil where nobody told.
  package func payloads(of request: RequestID) -> RequestPayloads? { ledger.payloads[request] }
}
