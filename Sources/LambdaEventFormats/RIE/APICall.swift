internal import LambdaLifecycle

/// A call of the Runtime or Extensions API, as the emulator logs it at level debug:
/// `GET /2018-06-01/runtime/invocation/next, Headers:map[…]`. Source: internal/lambda/rapi of the emulator.
enum APICall: Equatable {
  /// The runtime is ready for an event.
  case runtimeNext
  /// The extension with that identifier is ready for an event.
  case extensionNext(identifier: String)
  /// The runtime has sent an error for an invocation instead of a response. The type is that of the
  /// exception, empty where the runtime sends none.
  case invocationError(type: String)
  /// Of no concern to the lanes.
  case other

  init(_ call: UnsafeRawBufferPointer) {
    let path = call.slice(0, call.firstIndex(of: ", Headers:") ?? call.count)
    if path.hasSuffix("/runtime/invocation/next") {
      self = .runtimeNext
    } else if path.hasSuffix("/extension/event/next") {
      self = .extensionNext(identifier: Self.header("Lambda-Extension-Identifier:[", of: call).text)
    } else if path.hasSuffix("/error"), path.firstIndex(of: "/runtime/invocation/") != nil {
      self = .invocationError(type: Self.errorType(of: call))
    } else {
      self = .other
    }
  }

  /// The value of a header, whose name is given with the characters around it.
  private static func header(_ name: StaticString, of call: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
  {
    guard let start = call.firstIndex(of: name) else { return call.slice(0, 0) }
    let value = start + name.utf8CodeUnitCount
    return call.slice(value, call.firstIndex(of: "]", from: value) ?? value)
  }

  /// Custom runtimes send the type in a header of its own, AWS's in the cause that they send for X-Ray.
  private static func errorType(of call: UnsafeRawBufferPointer) -> String {
    let told = header("Lambda-Runtime-Function-Error-Type:[", of: call)
    if !told.isEmpty { return told.text }
    let name: StaticString = "Lambda-Runtime-Function-Xray-Error-Cause:["
    guard let cause = call.firstIndex(of: name) else { return "" }
    var scanner = JSONScanner(call.slice(from: cause + name.utf8CodeUnitCount))
    var type = ""
    scanner.object { scanner, key in
      guard scanner.matches(key, "exceptions"), scanner.peek == UInt8(ascii: "[") else {
        return scanner.skipValue()
      }
      scanner.array { scanner in
        guard scanner.peek == UInt8(ascii: "{") else { return scanner.skipValue() }
        scanner.object { scanner, key in
          guard scanner.matches(key, "type"), type.isEmpty, let value = scanner.stringIfPresent() else {
            return scanner.skipValue()
          }
          type = scanner.text(value)
        }
      }
    }
    return scanner.failed ? "" : String(type.prefix(200))
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func hasSuffix(_ literal: StaticString) -> Bool {
    hasPrefix(literal, at: count - literal.utf8CodeUnitCount)
  }
}
