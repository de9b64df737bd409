/// The format and the version that the first line of a recording names.
enum RecordingHeader {
  /// The value of `format`.
  static let format: StaticString = "lambda-lanes-recording"
  /// The version that is written; a reader refuses a higher one.
  static let version: Int64 = 1
}
