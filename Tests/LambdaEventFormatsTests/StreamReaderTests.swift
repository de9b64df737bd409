import LambdaEventFormats
import LambdaLifecycle
import Testing

@Suite struct StreamReaderTests {
  private let start =
    #"{"time":"2024-05-20T16:29:10Z","type":"platform.start","record":{"requestId":"459921b5-681c-4a96-beb0-81e0aa586026"}}"#

  private func recognized(_ line: String) -> StreamFormat? {
    Array(line.utf8).withUnsafeBytes { StreamFormat.recognize($0) }
  }

  @Test func formatsAreRecognized() {
    #expect(recognized("23 Nov 2026 03:06:28,586 [INFO] (rapid) exec") == .rie)
    #expect(recognized("fused23 Nov 2026 03:06:28,586 [WARNING] (rapid) x") == .rie)
    #expect(recognized(start) == .telemetry)
    #expect(recognized(" [ \(start)]") == .telemetry)
    #expect(recognized(#"{"version":1,"format":"lambda-lanes-recording"}"#) == .recording)
    #expect(recognized("") == nil)
    #expect(recognized("app: module import begins") == nil)
    #expect(recognized(#"{"time":"now","type":"mine"}"#) == nil)
  }

  @Test func linesBeforeTheDecisionAreReplayed() {
    let log = decode("app: early\n23 Nov 2026 03:06:28,586 [INFO] (rapid) exec 'x' (cwd=/, handler=a.b)\n")
    #expect(render(log).contains("function: app: early"))
    #expect(log.undecodable.isEmpty)
  }

  @Test func nothingRecognizedIsSaid() {
    let log = decode("one\ntwo\nthree")
    #expect(log.undecodable.map(\.text) == ["one", "two", "three"])
    #expect(log.undecodable.map(\.reason) == Array(repeating: "no known format", count: 3))
  }

  @Test func waitingIsBounded() {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    let lines = Array(String(repeating: "nonsense\n", count: 1_000).utf8)
    lines.withUnsafeBytes { reader.read($0, stream: nil, arrival: 5, into: &log) }
    #expect(log.undecodable.count == 1_000)
    Array("more\n\(start)\n".utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: 6, into: &log) }
    #expect(log.undecodable.count == 1_001)
    #expect(reader.format == .telemetry)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 1_000]) func piecesMayBeginAndEndAnywhere(size: Int) throws {
    let bytes = try Fixture.bytes("rie/extension-info.log")
    var reader = StreamReader(format: nil)
    #expect(render(reader.read(bytes, inPiecesOf: size)) == render(decode(bytes)))
    #expect(reader.lines == 35)
  }

  @Test func twoStreamsDoNotMixWithinALine() {
    var log = EventLog()
    var reader = StreamReader(format: .rie)
    let pieces: [(LambdaEventFormats.OutputStream, String)] = [
      (.stdout, "app: be"), (.stderr, "23 Nov 2026 03:06:28,586 [INFO] (rapid) INIT ST"), (.stdout, "gins\n"),
      (.stderr, "ART(type: on-demand, phase: init)\n"),
    ]
    for (stream, text) in pieces {
      Array(text.utf8).withUnsafeBytes {
        reader.read($0, stream: stream, arrival: 1_795_403_188_586_000_000, into: &log)
      }
    }
    #expect(render(log).contains("function: app: begins\n"))
    #expect(render(log).contains("rie-1 created on-demand"))
  }

  @Test(arguments: [1 << 12, 1 << 22]) func longLinesAreCountedOnce(pieceSize: Int) {
    var log = EventLog()
    var reader = StreamReader(format: .telemetry)
    let bytes = [UInt8](repeating: 0x61, count: 3 << 20) + Array("\n\(start)\n".utf8)
    var at = 0
    while at < bytes.count {
      let end = min(at + pieceSize, bytes.count)
      bytes[at..<end].withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
      at = end
    }
    #expect(reader.lines == 2)
    #expect(log.undecodable.count == 1)
    #expect(log.undecodable.first?.reason.contains("1 MiB") == true)
    #expect(log.events.count == 2)
  }
}
