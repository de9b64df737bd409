internal import LambdaEventFormats
internal import NIOCore

/// The body of an error, as Lambda's APIs write it.
struct ErrorBody {
  let type: String
  let message: String
  let json: String

  init(_ type: String, _ message: String) {
    self.type = type
    self.message = message
    var bytes = Array(#"{"errorMessage":"#.utf8)
    JSONLine.append(string: message, to: &bytes)
    bytes += Array(#","errorType":"#.utf8)
    JSONLine.append(string: type, to: &bytes)
    bytes += Array("}".utf8)
    json = String(decoding: bytes, as: UTF8.self)
  }

  // Texts of the Runtime API (rapi of the emulator).
  static let internalError = ErrorBody("InternalServerError", "Internal Server Error")
  static let invalidRequestID = ErrorBody("InvalidRequestID", "Invalid request ID")
  static let invalidInvocationID = ErrorBody("InvalidInvocationId", "Invalid invocation ID")
  static let invalidResponseMode = ErrorBody("InvalidFunctionResponseMode", "Invalid function response mode")
  static func tooLarge(_ most: Int) -> ErrorBody {
    ErrorBody("RequestEntityTooLarge", "Exceeded maximum allowed payload size (\(most) bytes).")
  }

  static func invalidState(from state: String, to wanted: String) -> ErrorBody {
    ErrorBody(
      "InvalidStateTransition",
      "State transition from \(state) to \(wanted) failed for runtime. Error: State transition is not allowed"
    )
  }

  static func noSuchPath(_ path: Substring) -> ErrorBody {
    ErrorBody("NotFound", "The Runtime API has no \(path.cut(to: 200))")
  }
}

extension ByteBuffer {
  /// The text of a member of an error's body; nil where it is no JSON or has no such member.
  func jsonText(_ member: String) -> String? {
    withUnsafeReadableBytes { JSONText($0, keys: [member]).members[member] }
  }
}
