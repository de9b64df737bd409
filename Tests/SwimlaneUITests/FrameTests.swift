import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("Frame")
struct FrameTests {
  @Test("text is clipped at the edges and at a limit, and says where it ended")
  func clips() {
    var frame = Frame(columns: 6, rows: 2)
    #expect(frame.write("abcdefgh", column: 3, row: 0) == 6)
    #expect(frame.write("xyz", column: -1, row: 1) == 2)
    #expect(frame.write("12345", column: 2, row: 1, limit: 4) == 4)
    #expect(frame.text == "   abc\nyz12")
    frame.write("nowhere", column: 0, row: 2)
    frame.write("nowhere", column: 0, row: -1)
    frame.write("nowhere", column: 9, row: 0)
    #expect(frame.text == "   abc\nyz12")
  }

  @Test("cells outside are not written, a row is filled as far as it goes")
  func outside() {
    var frame = Frame(columns: 3, rows: 1)
    frame[-1, 0] = Cell("x")
    frame[3, 0] = Cell("x")
    frame[0, 1] = Cell("x")
    #expect(frame == Frame(columns: 3, rows: 1))
    frame.fill(row: 0, from: -5, to: 50, with: Cell("-"))
    frame.fill(row: 0, from: 2, to: 1, with: Cell("!"))
    #expect(frame.text == "---")
  }

  @Test("a frame without room is empty", arguments: [(0, 0), (-1, 5), (5, 0)])
  func noRoom(columns: Int, rows: Int) {
    var frame = Frame(columns: columns, rows: rows)
    frame.write("text", column: 0, row: 0)
    #expect(frame.cells.isEmpty)
  }

  @Test("each scalar takes one cell")
  func columns() {
    var frame = Frame(columns: 20, rows: 1)
    #expect(frame.write("é — · ▶ │ ✖", column: 0, row: 0) == 11)
    #expect(frame.text == "é — · ▶ │ ✖")
  }

  /// True if a terminal shows the scalar in one column and does nothing else.
  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark, .spacingMark, .lineSeparator,
      .paragraphSeparator,
      .surrogate, .privateUse, .unassigned:
      return false
    default: return !properties.isDefaultIgnorableCodePoint && !isFromRightToLeft(scalar)
    }
  }

  /// In blocks that hold nothing else.
  private func isFromRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    [0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF].contains {
      $0.contains(scalar.value)
    }
  }

  @Test("no scalar at all brings a control character, a combining one or a bidi mark into a cell")
  func everyScalar() {
    var bad: [Unicode.Scalar] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if !isHarmless(scalar.shown) { bad.append(scalar) }
    }
    #expect(bad.map { String($0.value, radix: 16) } == [])
  }

  @Test(
    "names from a stream reach the screen without anything that acts on the terminal",
    arguments: [
      "\u{1B}[2J", "\u{9B}31m", "a\u{202E}b", "\u{2066}x\u{2069}", "\r\n\t\u{7}\u{8}", "日本", "e\u{301}",
      "שלום", "👩\u{200D}💻",
    ])
  func names(name: String) {
    var stream = EmulatorStream(live: true, name: "n" + name, function: "f" + name)
    stream.life()
    let output = stream.session.log.text.append(name)
    stream.event(11_900, .output(.function, output))
    stream.event(11_900, .undecodable(reason: stream.session.log.catalog.name(name), output))
    var show = Show(stream.session)
    show.go(to: 12_000)
    show.title = name
    show.message = name
    for keys in [[], [Key.tab], [.tab], [.tab], [.tab], [.enter], [.character("a")], [.character("/")]]
      as [[Key]]
    {
      for key in keys { show.press(key) }
      let frame = show.frame(80, 24)
      #expect(
        frame.cells.allSatisfy {
          $0.isContinuation || Unicode.Scalar($0.glyph).map(isHarmless) ?? false
        })
    }
  }

  @Test("in ASCII no other character is drawn, but for the dot that the terminal replaces")
  func ascii() {
    for size in [(120, 40), (80, 24), (40, 10), (39, 9)] {
      var show = Show(ascii: true)
      show.perform(.request(.crash))
      for _ in 0..<4 { show.perform(.request(.normal)) }
      show.go(to: 3_000)
      for keys in [[], [Key.tab], [.tab], [.down, .enter], [.character("?")]] as [[Key]] {
        for key in keys { show.press(key) }
        let frame = show.frame(size.0, size.1)
        #expect(frame.cells.allSatisfy { $0.glyph < 0x7F || $0.glyph == 0xB7 }, "\(frame.text)")
      }
    }
  }
}
