import LambdaEventFormats
import LambdaLifecycle
import Testing

/// An encoding, its marks and line ends change nothing that is read.
@Suite struct TextEncodingTests {
  enum Encoding: CaseIterable {
    case utf8WithMark, utf16, utf16WithoutMark, utf16BigEndian, utf16BigEndianWithoutMark

    func encode(_ text: String) -> [UInt8] {
      func units(_ text: String, _ isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
          let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
          return isBigEndian ? bytes.reversed() : bytes
        }
      }
      return switch self {
      case .utf8WithMark: Array("\u{FEFF}\(text)".utf8)
      case .utf16: units("\u{FEFF}" + text, false)
      case .utf16WithoutMark: units(text, false)
      case .utf16BigEndian: units("\u{FEFF}" + text, true)
      case .utf16BigEndianWithoutMark: units(text, true)
      }
    }
  }

  private func read(_ bytes: [UInt8], inPiecesOf size: Int) -> EventLog {
    var reader = StreamReader(format: nil)
    return reader.read(bytes, inPiecesOf: size)
  }

  @Test(
    arguments: Encoding.allCases,
    ["rie/cold-3warm-info.log", "CloudWatch/tail-detailed.log", "CloudWatch/get-log-events.json"])
  func isReadAsUTF8Is(encoding: Encoding, name: String) throws {
    let text = try Fixture.text(name)
    let expected = render(decode(text))
    for size in [1, 2, 3, 5, 4_096] {
      #expect(render(read(encoding.encode(text), inPiecesOf: size)) == expected, "pieces of \(size)")
    }
    #expect(!expected.contains("undecodable"))
  }

  @Test(arguments: Encoding.allCases) func everyCharacterIsRead(encoding: Encoding) {
    let text = "the first line\nä€😀\r\n\u{10FFFF}\u{1F600}\nlast 😀"
    for size in [1, 2, 3, 4, 7, 100] {
      #expect(
        read(encoding.encode(text), inPiecesOf: size).undecodable.map(\.text)
          == ["the first line", "ä€😀", "\u{10FFFF}\u{1F600}", "last 😀"], "pieces of \(size)")
    }
  }

  /// Half a character, or half of half a one, becomes a character that cannot be shown.
  @Test func damagedUTF16IsRead() {
    let high: [UInt8] = [0x3D, 0xD8]
    let low: [UInt8] = [0x00, 0xDE]
    let begin = Encoding.utf16.encode("a")
    let line = Encoding.utf16WithoutMark.encode("b\n")
    func texts(_ bytes: [UInt8]) -> [String] { read(bytes, inPiecesOf: 1).undecodable.map(\.text) }
    #expect(texts(begin + high + line) == ["a\u{FFFD}b"])
    #expect(texts(begin + low + line) == ["a\u{FFFD}b"])
    #expect(texts(begin + high + high + low + line) == ["a\u{FFFD}😀b"])
    #expect(texts(begin + high) == ["a\u{FFFD}"])
    #expect(texts(begin + [0x62]) == ["a\u{FFFD}"])
  }

  /// A short stream that could still become UTF-16 is text when it ends.
  @Test(arguments: ["a", "a\u{0}", "\u{0}a", "ab", "a\u{0}b"]) func aShortStreamIsNotLost(text: String) {
    #expect(read(Array(text.utf8), inPiecesOf: 1).undecodable.map(\.text) == [text])
  }

  @Test func aNULInTextIsNoUTF16() {
    #expect(decode("a\u{0}bc\nd").undecodable.map(\.text) == ["a\u{0}bc", "d"])
  }

  /// Files that were put together have several marks.
  @Test func aMarkInTheMiddleIsTakenOff() throws {
    let text = try Fixture.text("CloudWatch/tail-detailed.log")
    let expected = render(decode(text))
    // Not by characters, of which a carriage return and a newline are one.
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map {
      String(Substring($0))
    }
    let coloured = lines.map {
      "\u{1B}[1;31m\($0.prefix(3))\u{1B}[0m\($0.dropFirst(3))\u{1B}[0m\u{1B}[K\r\n"
    }.joined()
    #expect(render(decode(coloured)) == expected)
    #expect(render(decode(lines.map { "\($0)\r\n" }.joined())) == expected)
    #expect(render(read(Array(coloured.utf8), inPiecesOf: 3)) == expected)
  }
}
