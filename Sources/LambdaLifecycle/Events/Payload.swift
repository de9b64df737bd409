/// The beginning of what a caller sent with a request, or got for it.
package struct Payload: Equatable, Sendable {
  package enum Side: UInt8, Sendable, CaseIterable {
    /// The event that the function was called with.
    case event
    case answer
  }

  package var side: Side
  package var text: TextRange
  /// Of the whole, of which the text is the beginning.
  package var bytes: Int64

  package init(_ side: Side, _ text: TextRange, bytes: Int64) {
    self.side = side
    self.text = text
    self.bytes = bytes
  }
}

extension Payload.Side {
  /// As recordings write it.
  package var wireName: String {
    switch self {
    case .event: "event"
    case .answer: "answer"
    }
  }
}
