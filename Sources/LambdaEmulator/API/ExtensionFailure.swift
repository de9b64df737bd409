internal import NIOCore

/// An extension's own words for its failure, as it posts them to init/error and exit/error (runtimes-extensions-api page).
struct ExtensionFailure: Equatable {
  let type: String
  /// Empty where it gives none.
  let message: String

  /// - Parameters:
  ///   - type: the value of its header.
  ///   - body: of JSON, as a rule.
  init(type: String, body: ByteBuffer) {
    self.type = type.cut(to: 256)
    message = body.jsonText("errorMessage")?.cut(to: 256) ?? ""
  }

  /// For a line.
  var words: String { message.isEmpty ? type : "\(type): \(message)" }
}
