internal import LambdaLifecycle

// Failures that stand in objects of JSON.

extension HandlerError {
  /// Reads the object that a client logs in JSON format. The one of Node.js looks like those that
  /// console.error writes.
  static func read(object: UnsafeRawBufferPointer) -> Failure? {
    guard object.firstIndex(of: "\"errorType\"") != nil || object.firstIndex(of: "\\tat ") != nil else {
      return nil
    }
    var scanner = JSONScanner(object)
    var (type, message, request) = (JSONString.absent, JSONString.absent, JSONString.absent)
    var (hasErrorMessage, hasLogger, hasTime, hasLevel) = (false, false, false, false)
    scanner.object { scanner, key in
      if scanner.matches(key, "errorType") {
        type = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "message") {
        message = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "requestId") || scanner.matches(key, "AWSRequestId") {
        request = scanner.stringIfPresent() ?? .absent
      } else {
        hasErrorMessage = hasErrorMessage || scanner.matches(key, "errorMessage")
        hasLogger = hasLogger || scanner.matches(key, "logger")
        hasTime = hasTime || scanner.matches(key, "timestamp")
        hasLevel = hasLevel || scanner.matches(key, "level") || scanner.matches(key, "log_level")
        scanner.skipValue()
      }
    }
    guard !scanner.failed, hasTime, hasLevel else { return nil }
    let id = scanner.text(request)
    // Python's and .NET's own have no message beside; a logger always writes one.
    if !type.isEmpty, hasErrorMessage, !hasLogger, message.isEmpty {
      return Failure(type: scanner.text(type), request: id)
    }
    // Java's is the text as it would be without JSON.
    guard type.isAbsent, message.isEscaped else { return nil }
    var reader = HandlerError()
    let said = scanner.unescaped(message).withUnsafeBytes { reader.read($0) }
    guard case .failed(let failure) = said else { return nil }
    return Failure(type: failure.type, request: id)
  }

  static func errorType(of object: UnsafeRawBufferPointer) -> String? {
    var scanner = JSONScanner(object)
    var type = JSONString.absent
    scanner.object { scanner, key in
      if scanner.matches(key, "errorType") {
        type = scanner.stringIfPresent() ?? .absent
      } else {
        scanner.skipValue()
      }
    }
    // The line may have been cut behind it.
    return type.isEmpty ? nil : String(scanner.text(type).prefix(200))
  }
}
