import NIOCore
import Testing

@testable import LambdaEmulator

/// Parts of a response on their way to a caller who takes them or does not.
@Suite struct ResponseStreamTests {
  /// A caller who has room for as much as a test says.
  private final class Taker: CallerStream {
    var isFull = false
    var roomCame: () -> Void = {}
    var taken = ""
    func write(_ part: ByteBuffer) { taken += String(buffer: part) }
  }

  /// The calls to the runtime's side, in words.
  private final class Told {
    var words: [String] = []
  }

  private func stream(to taker: Taker, most: Int = 100) -> (ResponseStream, Told) {
    let told = Told()
    let stream = ResponseStream(
      to: taker, contentType: "text/plain", most: most, tooLarge: { told.words.append("too large") },
      ended: { _, _ in }, broken: { told.words.append("broken") })
    stream.hold = { told.words.append($0 ? "hold" : "go on") }
    return (stream, told)
  }

  @Test("Where the caller takes no more, the runtime waits until it does")
  func holds() {
    let taker = Taker()
    let (stream, told) = stream(to: taker)
    stream.take(ByteBuffer(string: "one"))
    #expect(told.words.isEmpty)
    taker.isFull = true
    stream.take(ByteBuffer(string: "two"))
    #expect(told.words == ["hold"])
    taker.isFull = false
    taker.roomCame()
    stream.take(ByteBuffer(string: "three"))
    #expect(told.words == ["hold", "go on"])
    #expect(taker.taken == "onetwothree")
  }

  @Test("The first byte too many is told once, and nothing of it is handed on")
  func tooLarge() {
    let taker = Taker()
    let (stream, told) = stream(to: taker, most: 5)
    for part in ["12345", "6", "7"] { stream.take(ByteBuffer(string: part)) }
    #expect(told.words == ["too large"])
    #expect(taker.taken == "12345")
    stream.breaksOff()
    #expect(told.words == ["too large", "broken"])
  }
}
