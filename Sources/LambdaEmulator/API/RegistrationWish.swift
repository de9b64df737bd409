internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// An extension's request to register.
struct RegistrationWish {
  private let events: [String]

  /// - Returns: nil where the body is not of the API's form: JSON with `events`, which may be left out.
  init?(_ body: ByteBuffer) {
    guard let value = body.withUnsafeReadableBytes({ JSONValue($0) }), case .object(let members) = value
    else {
      return nil
    }
    // Deprecated, and refused (agentregister.go of the emulator).
    if let keys = members["configurationKeys"]?.elements, !keys.isEmpty { return nil }
    switch members["events"] {
    case nil, .null: events = []
    case .array(let elements):
      guard elements.allSatisfy({ $0.string != nil }) else { return nil }
      events = elements.compactMap(\.string)
    default: return nil
    }
  }

  struct InvalidEvent: Error { var words: String }

  /// - Throws: `InvalidEvent` with the API's words for it.
  func subscriptions(isInternal: Bool) throws(InvalidEvent) -> Subscriptions {
    var subscriptions: Subscriptions = []
    for event in events {
      switch event {
      case "INVOKE": subscriptions.insert(.invoke)
      case "SHUTDOWN" where isInternal:
        throw InvalidEvent(words: "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension")
      case "SHUTDOWN": subscriptions.insert(.shutdown)
      default: throw InvalidEvent(words: "\(event.cut(to: 100)): ErrorInvalidEventType")
      }
    }
    return subscriptions
  }

  /// True where it wants to know the account (Lambda-Extension-Accept-Feature).
  static func wantsAccount(_ call: HTTPCall) -> Bool {
    (call.header("Lambda-Extension-Accept-Feature") ?? "").split(separator: ",").contains { word in
      word.trimmingPrefix { $0 == " " }.prefix { $0 != " " } == "accountId"
    }
  }
}
