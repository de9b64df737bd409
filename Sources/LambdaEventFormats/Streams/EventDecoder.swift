package import LambdaLifecycle

/// The stream of a child process that a line came from.
package enum OutputStream: Sendable {
  case stdout, stderr
}

/// Turns the lines of one format into lifecycle events.
///
/// A decoder keeps state from line to line and hands out names of the log's catalog: one decoder writes into one log.
package protocol EventDecoder: Sendable {
  /// Decodes one line, without its newline, and appends its events to `log`. A line that cannot be understood
  /// becomes an `undecodable` event.
  ///
  /// - Parameter arrival: the moment when the line reached us; nil where it was not noted, as in a file.
  mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog)

  /// Emits the events held back: the input has ended.
  mutating func finish(into log: inout EventLog)

  /// The origin of the events.
  var source: SourceKind { get }

  /// True if the output in the line decoded last has a time of its own. Otherwise the length between two
  /// marks in it is unknown.
  var outputIsTimed: Bool { get }

  /// The reason why nothing of the stream is decoded, in one sentence; nil where it is.
  var refusal: String? { get }

  /// The stream has named its format, so that it is understood even if nothing follows: an empty session.
  var hasHeader: Bool { get }
}

extension EventDecoder {
  package var outputIsTimed: Bool { true }
  package var refusal: String? { nil }
  package var hasHeader: Bool { false }
}

extension EventLog {
  /// Notes a line, or a part of one, that says nothing we understand.
  mutating func appendUndecodable(
    _ text: UnsafeRawBufferPointer, reason: String, time: Timestamp, arrival: Timestamp?
  ) {
    let kind = LifecycleEvent.Kind.undecodable(reason: catalog.name(reason), self.text.append(text))
    append(LifecycleEvent(time: time, arrival: arrival, kind: kind))
  }
}
