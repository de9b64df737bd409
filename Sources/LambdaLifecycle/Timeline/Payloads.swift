// What callers sent and got, of those requests of which it was told.

/// What is known of what a request's caller sent, and what it got.
package struct RequestPayloads: Equatable, Sendable {
  package internal(set) var event: Payload?
  package internal(set) var answer: Payload?
}

extension Timeline {
  /// What a request's caller sent and got; nil where nobody told.
  package func payloads(of request: RequestID) -> RequestPayloads? { payloads[request] }

  mutating func told(_ payload: Payload, _ request: RequestID) {
    guard request != .none else { return }
    switch payload.side {
    case .event: payloads[request, default: RequestPayloads()].event = payload
    case .answer: payloads[request, default: RequestPayloads()].answer = payload
    }
  }

  /// Forgets those of requests that are no longer kept.
  mutating func letGoPayloads() {
    guard !payloads.isEmpty else { return }
    let kept = Set(requests.map(\.id))
    payloads = payloads.filter { kept.contains($0.key) }
  }
}
