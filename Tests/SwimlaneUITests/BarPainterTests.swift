import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// A cell is 8 ms wide unless said otherwise, so that a millisecond is an eighth of it.
@Suite("Bars")
struct BarPainterTests {
  private func invoke(_ begin: Int64, _ end: Int64?) -> Lanes {
    var lanes = Lanes()
    lanes.add(.invoke, begin, end)
    return lanes
  }

  @Test(
    "a bar ends within a cell to an eighth",
    arguments: [(8, "█"), (9, "█▏"), (12, "█▌"), (15, "█▉"), (16, "██")] as [(Int64, String)])
  func ends(end: Int64, text: String) {
    let cells = invoke(0, end).paint(.invoke)
    #expect(cells.text == text)
    #expect(cells.roles == String(repeating: "i", count: text.count))
    #expect(cells.allSatisfy { $0.style.attributes.isEmpty })
  }

  @Test("a bar begins within a cell: the part before it is an inverted block")
  func begins() {
    let cells = invoke(3, 16).paint(.invoke)
    #expect(cells.text == "▍█")
    #expect(cells[0].style == Style(.invoke, on: .screen, .reverse))
    #expect(cells[1].style == Style(.invoke))
  }

  @Test("what begins and ends within a cell fills as much of it as it lasts")
  func within() {
    #expect(invoke(2, 6).paint(.invoke).text == "▌")
  }

  @Test("2 ms in a cell of 10 s is a mark, and so is what takes no time")
  func marks() {
    #expect(invoke(25_000, 25_002).paint(.invoke, perCell: 10_000).text == "  ▏")
    #expect(invoke(20, 20).paint(.invoke).text == "  ▏")
    #expect(invoke(20, 20).paint().text == "  ▏")
    var lanes = Lanes()
    lanes.add(.shutdown, 20, 20)
    #expect(lanes.paint(.shutdown).text == "  ▏")
  }

  @Test("many short ones in a cell add up")
  func addsUp() {
    var lanes = Lanes()
    for start in stride(from: Int64(0), to: 8, by: 2) { lanes.add(.invoke, start, start + 1) }
    #expect(lanes.paint(.invoke).text == "▌")
  }

  @Test("nothing after the moment looked at is seen; what is open then ends there")
  func limit() {
    var lanes = invoke(0, 40)
    lanes.add(.invoke, 50, 60)
    #expect(lanes.paint(.invoke, limit: 12).text == "█▌")
    #expect(lanes.paint(limit: 12).text == "█▌")
    #expect(lanes.paint(.invoke, limit: 49).text == "█████")
    #expect(invoke(0, nil).paint(.invoke, limit: 20).text == "██▌")
    #expect(invoke(30, 40).paint(.invoke, limit: 29).text.isEmpty)
    // A span that begins at that very moment has begun.
    #expect(invoke(32, 40).paint(.invoke, limit: 32).text == "    ▏")
  }

  @Test("what lies before the picture and reaches into it fills it from its edge")
  func fromBefore() {
    #expect(invoke(0, 36).paint(.invoke, from: 20, columns: 10).text == "██")
    #expect(invoke(0, 36).paint(.invoke, from: 40).text.isEmpty)
  }

  @Test("two phases share a cell of the collapsed bar, each with its part and its colour")
  func twoPhases() {
    var lanes = Lanes()
    lanes.add(.runtimeInit, 0, 11)
    lanes.add(.functionInit, 11, 24)
    let cells = lanes.paint()
    #expect(cells.text == "█▍█")
    #expect(cells[1].style == Style(.runtimeInit, on: .functionInit))
    #expect(cells[2].style == Style(.functionInit))
  }

  @Test("of three phases in a cell the two largest are shown")
  func threePhases() {
    var lanes = Lanes()
    lanes.add(.extensionInit, 0, 1)
    lanes.add(.runtimeInit, 1, 4)
    lanes.add(.functionInit, 4, 8)
    let styles = lanes.paint().map(\.style)
    #expect([styles[0].foreground, styles[0].background].contains(.functionInit))
    #expect([styles[0].foreground, styles[0].background].contains(.runtimeInit))
  }

  @Test("a phase carries its letter where it fills three cells or more")
  func letters() {
    func bar(_ cells: Int64) -> String {
      var lanes = Lanes()
      lanes.add(.functionInit, 0, 8 * cells)
      return lanes.paint().text
    }
    #expect(bar(2) == "██")
    #expect(bar(3) == "█F█")
    #expect(bar(6) == "██F███")
    var lanes = Lanes()
    lanes.add(.functionInit, 0, 48)
    #expect(lanes.paint()[2].style == Style(.ink, on: .functionInit, .bold))
    #expect(lanes.paint(hasColor: false).text == "▄▄F▄▄▄")
    #expect(lanes.paint(ascii: true).text == "ffFfff")
  }

  @Test("a length stands inside its bar where there is a cell left on both sides")
  func lengths() {
    #expect(invoke(0, 64).paint(.invoke).text == "█64 ms██")
    #expect(invoke(0, 56).paint(.invoke).text == "█56 ms█")
    #expect(invoke(0, 48).paint(.invoke).text == "██████")
    #expect(invoke(0, nil).paint(.invoke, limit: 64).text == "████████")
    #expect(invoke(0, 64).paint(.invoke)[1].style == Style(.ink, on: .invoke, .bold))
    #expect(invoke(0, 64).paint(.invoke, hasColor: false)[1].style == Style(.strong, on: .screen, .bold))
  }

  @Test("frozen is a faint line that never hides anything")
  func frozen() {
    var lanes = Lanes()
    lanes.add(.frozen, 0, 20_100)
    lanes.add(.invoke, 20_100, 20_101)
    lanes.add(.frozen, 20_101, 60_000)
    #expect(lanes.paint(perCell: 10_000).text == "┄┄▏┄┄┄")
    #expect(lanes.paint(perCell: 10_000).roles == "zzizzz")
    #expect(lanes.paint(.frozen, perCell: 10_000, columns: 6).roles == "zzzzzz")
    #expect(lanes.paint(.invoke, perCell: 10_000).text == "  ▏")
  }

  @Test("inferred frozen looks different from observed frozen")
  func inferredFrozen() {
    var lanes = Lanes()
    lanes.timeline = Timeline(.rie)
    lanes.add(.invoke, 0, 8)
    lanes.add(.invoke, 48, 56)
    #expect(lanes.paint().text == "█╞═?═╡█╞?═")
    #expect(lanes.paint(.frozen).text == " ╞═?═╡ ╞?═")
    #expect(lanes.paint(.frozen, ascii: true).text == " [~?~] [?~")
    // It reaches into the picture from the left: that end is not in sight.
    #expect(lanes.paint(.frozen, from: 16).text == "══?╡ ╞═?══")
    // Too narrow for its ends, it still says that nobody said it.
    #expect(lanes.paint(.frozen, from: 8, perCell: 40, columns: 1).text == "?")
  }

  @Test("the parts of a shutdown differ by pattern and letter, with colours and without")
  func shutdownLetter() {
    var lanes = Lanes()
    lanes.add(.runtimeShutdown, 0, 16)
    lanes.add(.extensionShutdown, 16, 40)
    #expect(lanes.paint().text == "▙▙▥X▥")
    #expect(lanes.paint(hasColor: false).text == "▙▙▥X▥")
    #expect(lanes.paint(ascii: true).text == #"//\X\"#)
    #expect(lanes.paint()[3].style == Style(.strong, on: .screen, .bold))
    #expect(lanes.paint(perCell: 4).text == "▙S▙▙▥▥X▥▥▥")
  }

  @Test("far out, a cold start that cannot be seen is a tick")
  func coldTick() {
    var lanes = Lanes()
    lanes.add(.functionInit, 1_000, 1_200)
    lanes.add(.invoke, 1_200, 9_000)
    lanes.add(.shutdown, 9_000, 11_000)
    func bar(_ perCell: Int64) -> String {
      let viewport = Viewport(left: 0, perCell: .milliseconds(perCell), columns: 10)
      var frame = Frame(columns: 10, rows: 1)
      let painter = BarPainter(glyphs: .unicode, hasColor: true)
      painter.paintCollapsed(lanes.track, into: &frame, row: 0, column: 0, viewport, limit: .seconds(100))
      painter.markColdStart(of: lanes.track, into: &frame, row: 0, column: 0, viewport, limit: .seconds(100))
      return frame.cells.text
    }
    #expect(bar(200) == "     ██I██")
    #expect(bar(60_000) == "▼")
  }

  @Test("far out, cold starts and errors stay in sight; of many in a cell, rare ones are as rare as they are")
  func requestsFarOut() {
    var show = Show()
    for second in 0..<40 {
      let request: RequestKind = second == 20 ? .handlerError : .normal
      show.perform(.request(request, count: second == 0 ? 2 : 1))
      show.go(to: Int64(second + 1) * 1_000)
    }
    show.press(.character("0"))
    let row = show.frame(60, 24).text.split(separator: "\n")[1]
    #expect(row.contains("▼") && row.contains("✖") && row.contains("▽"))
    // All in one cell: the error that stands alone is what is seen.
    var frame = Frame(columns: 3, rows: 1)
    let viewport = Viewport(left: Show.start, perCell: .seconds(3_600), columns: 3)
    BarPainter(glyphs: .unicode, hasColor: true).paintRequests(
      of: show.session.timeline, into: &frame, row: 0, column: 0, viewport, limit: show.session.newest)
    #expect(frame.text == "✖")
  }

  @Test("one error in a hundred requests of each cell does not paint all red")
  func rareErrors() {
    var stream = FleetStream()
    for cell in 0..<200 {
      for request in 0..<20 {
        let time = Int64(cell) * 1_000 + Int64(request) * 50
        stream.event(time, .requestArrived, request: 1)
        if request == 7 {
          stream.event(time + 1, .requestAnswered(.error, errorType: .none), request: 1)
        } else {
          stream.event(time + 1, .requestAnswered(.success, errorType: .none), request: 1)
        }
      }
    }
    _ = stream.session.fold()
    var frame = Frame(columns: 200, rows: 1)
    let viewport = Viewport(left: Show.start, perCell: .seconds(1), columns: 200)
    BarPainter(glyphs: .unicode, hasColor: true).paintRequests(
      of: stream.session.timeline, into: &frame, row: 0, column: 0, viewport, limit: .never &- 1)
    let crosses = frame.text.filter { $0 == "✖" }.count
    #expect((5...20).contains(crosses), "\(crosses)")
    #expect(frame.text.contains("✖") && frame.text.contains("▽"))
  }

  @Test("requests of one moment are counted where there is room")
  func counted() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 3_000)
    show.perform(.request(.normal, count: 3))
    show.go(to: 6_000)
    #expect(show.frame(120, 40).text.split(separator: "\n")[1].contains("▼2 ▽"))
  }

  @Test("without colours and in ASCII every phase has a pattern of its own", arguments: [false, true])
  func patterns(ascii: Bool) {
    let painter = BarPainter(glyphs: ascii ? .ascii : .unicode, hasColor: false)
    let apart: [Phase] = [
      .create, .extensionInit, .runtimeInit, .functionInit, .initialization, .restore, .invoke, .frozen,
      .shutdown, .runtimeShutdown, .extensionShutdown,
    ]
    let glyphs = apart.map { painter.style($0).glyph } + [painter.inferred.glyph]
    #expect(Set(glyphs).count == glyphs.count)
    #expect(glyphs.allSatisfy { $0 != " " && (!ascii || $0.isASCII) })
    #expect(apart.allSatisfy { !painter.style($0).isSolid })
  }

  @Test("with colours no two phases that can meet share one")
  func colors() {
    let painter = BarPainter(glyphs: .unicode, hasColor: true)
    let roles = [.create, .extensionInit, .runtimeInit, .functionInit, .restore, .invoke, .frozen, .shutdown]
      .map { painter.style($0 as Phase).role }
    for theme in [Theme.dark, .light] {
      #expect(Set(roles.map { theme.color($0, .many) }).count == roles.count)
      #expect(roles.allSatisfy { theme.color($0, .none) == -1 })
    }
  }
}
