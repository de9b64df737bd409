import EventSources
import NIOCore
import Testing

@testable import LambdaEmulator

@Suite struct EventStreamMessageTests {
  @Test("The checksum is that of zlib")
  func checksums() {
    #expect(Array("123456789".utf8).withUnsafeBytes { checksum(of: $0) } == 0xCBF4_3926)
    #expect(checksum(of: UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
  }

  @Test("Lengths, fields, payload and checksums stand where they belong")
  func layout() {
    var bytes = EventStreamMessage(event: "A", contentType: "b/c", ByteBuffer(string: "xyz")).bytes
    let whole = bytes
    let total = bytes.readInteger(as: UInt32.self) ?? 0
    let fields = bytes.readInteger(as: UInt32.self) ?? 0
    #expect(Int(total) == whole.readableBytes)
    #expect(total == 16 + fields + 3)
    let prelude = bytes.readInteger(as: UInt32.self)
    #expect(prelude == whole.readableBytesView.prefix(8).withUnsafeBytes { checksum(of: $0) })
    var header = bytes.readSlice(length: Int(fields)) ?? ByteBuffer()
    var told: [String] = []
    while let length = header.readInteger(as: UInt8.self) {
      let name = header.readString(length: Int(length)) ?? ""
      #expect(header.readInteger(as: UInt8.self) == 7)
      let size = header.readInteger(as: UInt16.self) ?? 0
      told.append("\(name)=\(header.readString(length: Int(size)) ?? "")")
    }
    #expect(told == [":message-type=event", ":event-type=A", ":content-type=b/c"])
    #expect(bytes.readString(length: 3) == "xyz")
    #expect(
      bytes.readInteger(as: UInt32.self)
        == whole.readableBytesView.dropLast(4).withUnsafeBytes { checksum(of: $0) })
    #expect(bytes.readableBytes == 0)
  }
}
