import SwimlaneUI
import Testing

@Suite("Wide characters")
struct WideCharacterTests {
  /// The cells of the first row: `>` for the second half of a wide character.
  private func cells(_ frame: Frame) -> String {
    String(
      String.UnicodeScalarView(
        (0..<frame.columns).map {
          frame[$0, 0].isContinuation ? ">" : Unicode.Scalar(frame[$0, 0].glyph) ?? "!"
        }))
  }

  private func row(_ columns: Int, _ text: String = "", at column: Int = 0) -> Frame {
    var frame = Frame(columns: columns, rows: 1)
    frame.write(text, column: column, row: 0)
    return frame
  }

  /// Each wide character has its second half, and no half stands alone.
  private func isWhole(_ frame: Frame) -> Bool {
    (0..<frame.rows).allSatisfy { row in
      (0..<frame.columns).allSatisfy { column in
        let isWide = Unicode.Scalar(frame[column, row].glyph)?.columns == 2
        let isFollowed = column + 1 < frame.columns && frame[column + 1, row].isContinuation
        return isWide == isFollowed
      } && !(frame.columns > 0 && frame[0, row].isContinuation)
    }
  }

  @Test("take two cells, and the text comes out as it went in")
  func twoCells() {
    var frame = Frame(columns: 8, rows: 1)
    #expect(frame.write("a注文b", column: 0, row: 0) == 6)
    #expect(cells(frame) == "a注>文>b  ")
    #expect(frame.text == "a注文b")
  }

  @Test("overwriting one half leaves no other half", arguments: 0..<6)
  func overwriting(column: Int) {
    var frame = row(6, "a注文b")
    frame[column, 0] = Cell("x")
    #expect(cells(frame) == ["x注>文>b", "ax 文>b", "a x文>b", "a注>x b", "a注> xb", "a注>文>x"][column])
    frame = row(6, "a注文b")
    frame.write("日", column: column, row: 0)
    #expect(
      cells(frame) == ["日> 文>b", "a日>文>b", "a 日> b", "a注>日>b", "a注> 日>", "a注>文>?"][column])
    #expect(isWhole(frame))
  }

  @Test("a style that is changed on one half is that of both", arguments: [1, 2])
  func styles(column: Int) {
    var frame = row(6, "a注文b")
    frame[column, 0].style = Style(.bad)
    #expect((0..<6).map { frame[$0, 0].style == Style(.bad) } == [false, true, true, false, false, false])
    #expect(cells(frame) == "a注>文>b")
  }

  @Test("where only a half has room, at an edge or at a limit, a stand-in is written")
  func clipped() {
    #expect(cells(row(4, "a注文")) == "a注>?")
    #expect(cells(row(4, "注文x", at: -1)) == "?文>x")
    #expect(cells(row(4, "注文x", at: -2)) == "文>x ")
    #expect(cells(row(1, "注", at: -1)) == "?")
    var frame = row(6)
    #expect(frame.write("a注文", column: 0, row: 0, limit: 4) == 4)
    #expect(cells(frame) == "a注>?  ")
    #expect(frame.write("注", column: -1, row: 0, limit: 0) == 0)
    #expect(cells(frame) == "a注>?  ")
    frame[0, 0] = Cell("x")
    frame[5, 0] = Cell("注")
    #expect(cells(frame) == "x注>? ?")
    frame.fill(row: 0, from: 2, to: 5, with: .blank)
    #expect(cells(frame) == "x    ?")
  }

  @Test("whatever is written where, no half stands alone")
  func anything() {
    let texts = ["注", "a注", "文字列", "xy", "한글", "🎉", "e\u{301}", "│"]
    var frame = Frame(columns: 7, rows: 1)
    for step in 0..<4_000 {
      let text = texts[step * 7 % texts.count]
      frame.write(text, column: step * 5 % 11 - 2, row: 0, limit: step % 3 == 0 ? step % 8 : nil)
      if step % 4 == 0 { frame[step * 3 % 7, 0] = [Cell("-"), Cell("日"), .blank][step % 3] }
      #expect(isWhole(frame), "step \(step): \(cells(frame))")
    }
  }

  @Test(
    "letters of many languages are shown, a letter and its marks as one",
    arguments: [
      ("Đặt hàng", "Đặt hàng", 8), ("e\u{301}", "é", 1), ("e\u{323}\u{302}", "ệ", 1),
      ("e\u{302}\u{323}", "ệ", 1),
      ("x\u{301}y", "xy", 2), ("\u{301}a", "a", 1), ("ἄ", "ἄ", 1), ("ՀԱՅ", "ՀԱՅ", 3), ("ქართ", "ქართ", 4),
      ("が", "が", 2), ("か\u{3099}", "が", 2), ("한글", "한글", 4),
      ("\u{1112}\u{1161}\u{11AB}", "한", 2), ("\u{1112}\u{1161}", "하", 2), ("ｶﾅ", "ｶﾅ", 2), ("Ａ", "Ａ", 2),
      ("🎉", "🎉", 2), ("👩\u{200D}💻", "👩💻", 4), ("👍🏽", "👍", 2), ("✂\u{FE0F}", "✂", 1),
      ("ไทย", "ไทย", 3), ("ที่", "ท", 1), ("€ № ½ ∑ ⌘", "€ № ½ ∑ ⌘", 9),
    ])
  func languages(text: String, shown: String, columns: Int) {
    #expect(text.columnCount == columns)
    let frame = row(20, text)
    #expect(frame.text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(row(20, text + "|")[columns, 0] == Cell("|"))
  }

  @Test(
    "what might turn a row around, take no column or mean nothing has a stand-in of one column",
    arguments: [
      "ש", "ع", "\u{202E}", "\u{2066}", "\u{200F}", "\u{E000}", "\u{378}", "\u{FEFF}", "\u{E0041}", "क",
      "\u{1F1EF}",
      "\u{3164}", "䷀",
    ])
  func standIns(text: String) {
    #expect(text.columnCount == 1)
    #expect(row(4, text + "|").text == "?|")
  }

  @Test("text is cut by columns, at its end and at its beginning")
  func cutting() {
    #expect("注文処理".prefix(columns: 5) == "注文")
    #expect("a注文".prefix(columns: 3) == "a注")
    #expect("注文処理".suffix(columns: 5) == "処理")
    #expect("文x".suffix(columns: 2) == "x")
    #expect("abc".prefix(columns: 0) == "" && "abc".suffix(columns: -1) == "")
    #expect("e\u{301}a".prefix(columns: 1) == "é")
    #expect("a注文b".broken(columns: 3) == ["a注", "文b"])
    #expect("注".broken(columns: 1) == ["注"])
    #expect("".broken(columns: 3) == [""])
  }
}
