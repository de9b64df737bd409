internal import LambdaLifecycle

/// The instance that events of the Telemetry API name.
package enum TelemetryInstance {
  /// The `instanceId` of the first init or restore in a body, an array of events; nil if it names none.
  package static func named(in body: UnsafeRawBufferPointer) -> String? {
    var scanner = JSONScanner(body)
    var found: String?
    scanner.skipWhitespace()
    guard scanner.peek == UInt8(ascii: "[") else { return nil }
    scanner.array { scanner in
      guard found == nil, scanner.peek == UInt8(ascii: "{") else { return scanner.skipValue() }
      let event = TelemetryEvent(&scanner)
      guard !scanner.failed, !event.instanceID.isEmpty else { return }
      found = scanner.text(event.instanceID)
    }
    return found
  }
}
