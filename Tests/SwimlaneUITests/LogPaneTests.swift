import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("The log")
struct LogPaneTests {
  /// Two environments with output between their events.
  private func show(ascii: Bool = false) -> Show {
    var stream = EmulatorStream(live: true)
    stream.event(0, .environmentCreated(.onDemand))
    stream.span(.initialization, 0, 300)
    for number in 0..<40 {
      let begin = 1_000 + Int64(number) * 100
      let text = number == 7 ? "order 7: Card declined \u{1B}[31m" : "order \(number) is paid"
      let range = stream.session.log.text.append(text)
      stream.event(begin, .phaseBegan(.invoke))
      stream.event(begin + 10, .output(number % 10 == 0 ? .extension : .function, range))
      stream.event(begin + 50, .phaseEnded(PhaseEnd(.invoke, outcome: .success)))
    }
    let function = stream.session.log.catalog.name("app.handler")
    let other = stream.session.log.catalog.environment(stream.session.log.catalog.name("rie-2"), of: function)
    for (time, kind) in [(2_030, .environmentCreated(.onDemand)), (3_030, .thawed)]
      as [(Int64, LifecycleEvent.Kind)]
    {
      stream.session.log.append(
        LifecycleEvent(
          time: Show.start + .milliseconds(time), function: function, environment: other, kind: kind))
    }
    var show = Show(stream.session, ascii: ascii)
    show.title = "watch: aws-lambda-rie"
    show.go(to: 6_000)
    _ = show.frame(80, 24)
    show.press(.character("k"))
    show.press(.tab, .tab, .tab, .tab, .tab)
    return show
  }

  private func lines(_ show: inout Show, _ columns: Int = 80, _ rows: Int = 24) -> [String] {
    let text = show.frame(columns, rows).text.split(separator: "\n", omittingEmptySubsequences: false)
    let rule = text.firstIndex { $0.contains("─ log") } ?? 0
    return text[rule...].dropFirst().prefix { !$0.contains("requests ") }.map(String.init)
  }

  /// The number in the line in which something stands out; -1 without one.
  private func foundOrder(_ show: inout Show) -> Int {
    let frame = show.frame(80, 24)
    let text = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    let rule = text.firstIndex { $0.contains("─ log") } ?? 0
    let row = (rule + 1..<22).first { row in
      (0..<80).contains { frame[$0, row].style.attributes.contains(.reverse) }
    }
    let words = row.map { text[$0].split(separator: " ") } ?? []
    return words.firstIndex(of: "order").flatMap { Int(words[$0 + 1]) } ?? -1
  }

  @Test("every event with time, environment and words, output below them; at the moment looked at")
  func screens() throws {
    var show = show()
    try expectScreen("log-80x24", show.frame(80, 24))
    try expectScreen("log-120x40", show.frame(120, 40))
    show.session.seek(to: Show.start + .milliseconds(1_715))
    try expectScreen("log-then-80x24", show.frame(80, 24))
    show = self.show(ascii: true)
    show.session.seek(to: Show.start + .milliseconds(1_715))
    try expectScreen("log-ascii-80x24", show.frame(80, 24))
    _ = show.frame(40, 10)
    try expectScreen("log-40x10", show.frame(40, 10))
  }

  @Test("bound to the selected environment, it has its lines alone")
  func bound() throws {
    var show = show()
    show.press(.character("a"), .down)
    #expect(lines(&show).contains { $0.contains("thawed") })
    #expect(lines(&show).allSatisfy { !$0.contains("order") })
    try expectScreen("log-bound-80x24", show.frame(80, 24))
    show.press(.up)
    #expect(lines(&show).contains { $0.contains("order 39 is paid") })
    #expect(lines(&show).allSatisfy { !$0.contains("thawed") })
    show.press(.character("a"))
    #expect(lines(&show).contains { $0.contains("rie-1") })
  }

  @Test(
    "it scrolls by lines, pages and wheel, keeps its place while events come, and follows again at its end")
  func scrolling() {
    var show = show()
    let newest = lines(&show)
    show.press(.character("K"))
    #expect(lines(&show).dropFirst() == newest.dropLast())
    show.press(.character("J"))
    #expect(lines(&show) == newest)
    show.press(.pageUp)
    let page = lines(&show)
    #expect(page.last == newest.first)
    var stream = EmulatorStream(live: true)
    stream.session = show.session
    stream.span(.invoke, 6_100, 6_200)
    show.session = stream.session
    show.go(to: 7_000)
    #expect(lines(&show) == page)
    show.press(.pageDown)
    #expect(lines(&show) == newest)
    show.press(.pageDown)
    #expect(lines(&show).last?.contains("invoke ended") == true)
    // The first page stays full.
    for _ in 0..<60 { show.press(.pageUp) }
    let first = lines(&show)
    #expect(first[0].contains("environment created") && first.count == newest.count)
    #expect(first.allSatisfy { !$0.isEmpty })
    let row =
      show.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("─ log") } ?? 0
    show.press(.mouse(Mouse(.wheelDown, column: 40, row: row + 2)))
    #expect(lines(&show).first == first[3])
    show.press(.mouse(Mouse(.wheelUp, column: 40, row: row + 2)))
    #expect(lines(&show) == first)
    // Another moment is looked at: the log is there.
    show.press(.left)
    #expect(lines(&show) != first)
    show.press(.pageUp, .escape)
    #expect(lines(&show).last?.contains("order") == true || lines(&show).last?.contains("invoke") == true)
  }

  @Test("a search goes back in time from what is in sight, n on, N back; it says so when there is nothing")
  func search() throws {
    var show = show()
    show.type("/")
    show.type("DECLINED")
    try expectScreen("log-typing-80x24", show.frame(80, 24))
    show.press(.enter)
    #expect(lines(&show).contains { $0.contains("order 7: Card declined ·[31m") })
    try expectScreen("log-found-80x24", show.frame(80, 24))
    let frame = show.frame(80, 24)
    let marked = frame.cells.filter {
      $0.style.attributes.contains(.reverse) && $0.style.foreground == .strong
    }
    let text = marked.compactMap { Unicode.Scalar($0.glyph) }.reduce(into: "") {
      $0.unicodeScalars.append($1)
    }
    #expect(text.contains("declined"))
    show.press(.character("n"))
    #expect(show.said.contains("no earlier line of the log has \"DECLINED\""))
    show.type("/is paid")
    show.press(.enter)
    // From what is in sight; order 7 was not paid.
    #expect(foundOrder(&show) == 8)
    for (key, order) in [("n", 6), ("n", 5), ("N", 6), ("N", 8)] as [(Unicode.Scalar, Int)] {
      show.press(.character(key))
      #expect(foundOrder(&show) == order)
    }
    show.press(.escape)
    #expect(lines(&show).contains { $0.contains("order 39 is paid") })
    show.type("/nowhere")
    show.press(.enter)
    #expect(show.said.contains("no line of the log has \"nowhere\""))
    // Lines that lie in the future are not found.
    show.press(.escape)
    show.session.seek(to: Show.start + .milliseconds(1_500))
    show.type("/declined")
    show.press(.enter)
    #expect(show.said.contains("no line of the log has"))
  }

  @Test(
    "what was found is in sight, however far right it stands in its line", arguments: [40, 41, 80, 81, 200])
  func foundFarRight(columns: Int) {
    var stream = EmulatorStream(live: true)
    stream.event(0, .environmentCreated(.onDemand))
    for place in [0, 30, 60, 70, 73, 79, 500] {
      let text = String(repeating: "·", count: place) + "needle\(place)" + String(repeating: "~", count: 90)
      stream.event(1_000 + Int64(place), .output(.function, stream.session.log.text.append(text)))
    }
    var show = Show(stream.session)
    show.go(to: 6_000)
    _ = show.frame(80, 24)
    show.press(.character("k"), .tab, .tab, .tab, .tab, .tab)
    for place in [0, 30, 60, 70, 73, 79, 500] {
      show.press(.escape)
      show.type("/needle\(place)")
      show.press(.enter)
      #expect(show.frame(columns, 24).text.contains("needle\(place)"))
    }
  }

  @Test("elsewhere the same keys are the list's")
  func elsewhere() {
    var show = show()
    show.press(.tab)
    _ = show.frame(80, 24)
    show.type("/")
    #expect(show.viewer.isTyping)
    show.press(.escape, .character("K"))
    #expect(show.viewer.pane == .events)
  }
}
