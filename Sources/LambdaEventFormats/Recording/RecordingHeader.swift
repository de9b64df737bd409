internal import LambdaLifecycle

/// The first line of a recording.
struct RecordingHeader: Equatable {
  var version: Int64
  /// The moment that the times of the events count from.
  var origin: Timestamp
  var source: SourceKind

  /// The value of `format`.
  static let format: StaticString = "lambda-lanes-recording"
  /// The version that is written; a reader refuses a higher one.
  static let version: Int64 = 1
}
