internal import NIOCore
internal import NIOHTTP1

/// The result of an invocation, or of init, as a runtime gives it.
struct FunctionAnswer {
  var body: ByteBuffer
  var contentType = "application/json"
  /// The type of the error; nil for a success.
  var errorType: String?
  /// The moment its first byte came; nil where nobody has sent it.
  var begun: NIODeadline?
  /// The length of one that was streamed, of which the body is the beginning; nil for any other.
  private var streamedBytes: Int?

  /// Its length.
  var bytes: Int { streamedBytes ?? body.readableBytes }

  /// A success that was streamed.
  /// - Parameters:
  ///   - beginning: its first bytes.
  ///   - bytes: the length of all of it.
  init(streamed beginning: ByteBuffer, of bytes: Int, contentType: String) {
    body = beginning
    streamedBytes = bytes
    self.contentType = contentType
  }

  /// A success.
  init(_ call: HTTPCall) {
    body = call.body
    begun = call.begun
    if call.header(RuntimeAPI.modeField) != nil { contentType = Self.streamType(of: call.head) }
  }

  /// The content type of a streamed response.
  static func streamType(of head: HTTPRequestHead) -> String {
    head.headers.first(name: "Content-Type") ?? "application/octet-stream"
  }

  /// An error of the emulator's own.
  init(error: String, text: String) {
    errorType = error
    body = ByteBuffer(string: ErrorBody(error, text).json)
  }

  /// An error as a runtime posts it. Its type is in the body, which not every client repeats in the header.
  /// - Parameter unknown: the type where it gives none.
  init(error call: HTTPCall, otherwise unknown: String) {
    body = call.body
    let told = call.body.jsonText("errorType")
    errorType =
      [told, call.header("Lambda-Runtime-Function-Error-Type")].compactMap { $0 }
      .first { !$0.isEmpty }.map { $0.cut(to: 256) } ?? unknown
    if body.readableBytes == 0 { self = FunctionAnswer(error: errorType ?? unknown, text: "") }
  }

  /// A stream that has broken off says why behind its body; nil where it says nothing.
  init?(trailers: HTTPHeaders?) {
    guard let type = trailers?.first(name: "Lambda-Runtime-Function-Error-Type")?.cut(to: 256) else {
      return nil
    }
    errorType = type
    let told = trailers?.first(name: "Lambda-Runtime-Function-Error-Body").flatMap { Base64.bytes(of: $0) }
    body = told.map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: ErrorBody(type, "").json)
  }
}
