import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("Pasting")
struct PastingTests {
  private let pasted = Key.paste("注文q\u{1B}[31m\r\nx\u{202E}e\u{301}\t")

  @Test("what is pasted is typed into the line that is open, without line ends and what is not shown")
  func lines() {
    for (keys, title) in [
      ([Key.character("/")], "filter:"), ([.character("w")], "save to:"),
    ] as [([Key], String)] {
      var show = Show()
      for key in keys { show.press(key) }
      show.press(pasted)
      let footer = show.frame(120, 40).text.split(separator: "\n").last ?? ""
      #expect(footer.contains("\(title) 注文q[31mxé"), "\(footer)")
    }
  }

  @Test("where no line is open it does nothing, and says so")
  func noLine() {
    var show = Show()
    show.go(to: 1_000)
    let before = show.frame(120, 40)
    show.press(.paste("qqqiii\u{3}"))
    #expect(show.said == "what is pasted is not taken as keys")
    #expect(show.frame(120, 40) == before)
  }

  @Test("wide letters can be typed")
  func wide() {
    var show = Show()
    show.type("/注文")
    #expect(show.frame(120, 40).text.contains("filter: 注文_"))
  }
}
