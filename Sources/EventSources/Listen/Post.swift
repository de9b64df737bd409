package import LambdaLifecycle

/// The body of one HTTP request: events, as the Telemetry API posts them.
package struct Post: Equatable, Sendable {
  /// The number that the caller gave the listener.
  package var source: Int
  /// The path of the URI without its slashes; empty for `/`.
  package var path: String
  /// The connection it came on: nothing else separates environments that post to the same path without a
  /// name.
  package var connection: Int
  package var arrival: Timestamp
  package var bytes: [UInt8]
}
