internal import EventSources
internal import NIOCore

/// One message of AWS's event streams, `application/vnd.amazon.eventstream` (Smithy's specification of it): two lengths and
/// their checksum, header fields, a payload, and the checksum of all that.
struct EventStreamMessage {
  static let contentType = "application/vnd.amazon.eventstream"

  let bytes: ByteBuffer

  /// - Parameters:
  ///   - event: the name of the event.
  ///   - contentType: of the payload.
  init(event: String, contentType: String, _ payload: ByteBuffer) {
    var fields = ByteBuffer()
    for (name, value) in [
      (":message-type", "event"), (":event-type", event), (":content-type", contentType),
    ] {
      fields.writeInteger(UInt8(name.utf8.count))
      fields.writeString(name)
      // The value is a text.
      fields.writeInteger(UInt8(7))
      fields.writeInteger(UInt16(value.utf8.count))
      fields.writeString(value)
    }
    var bytes = ByteBuffer()
    bytes.reserveCapacity(16 + fields.readableBytes + payload.readableBytes)
    bytes.writeInteger(UInt32(16 + fields.readableBytes + payload.readableBytes))
    bytes.writeInteger(UInt32(fields.readableBytes))
    bytes.writeInteger(bytes.withUnsafeReadableBytes { checksum(of: $0) })
    bytes.writeImmutableBuffer(fields)
    bytes.writeImmutableBuffer(payload)
    bytes.writeInteger(bytes.withUnsafeReadableBytes { checksum(of: $0) })
    self.bytes = bytes
  }
}
