internal import LambdaEventFormats
package import LambdaLifecycle

/// An input that a part of this program writes, as the lines of a recording, from whatever thread.
package struct EventInput: Sendable {
  let source: Int
  let inbox: Inbox

  /// Hands lines on, without waiting.
  package func offer(_ bytes: [UInt8]) -> Inbox.Answer {
    inbox.offer(.chunk(Chunk(source: source, stream: .data, arrival: currentTime(), bytes: bytes)))
  }

  /// Nothing follows.
  package func end() { inbox.put(.ended(source: source)) }
}

extension Inputs {
  /// Adds an input that the caller writes.
  /// - Parameter name: for people.
  package func addEventInput(_ name: String, in log: inout EventLog) -> EventInput {
    let number = addInput(name, tellsArrival: false, format: .recording, in: &log)
    return EventInput(source: number, inbox: inbox)
  }
}
