import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("Options and what keys say")
struct OptionsTests {
  private func show(_ scenario: Scenario = .playground) -> Show {
    var show = Show(scenario)
    show.perform(.request(.normal))
    show.go(to: 2_000)
    return show
  }

  private static var two: Scenario {
    var scenario = Scenario.playground
    scenario.functions.append(scenario.function)
    scenario.functions[1].name = "other"
    return scenario
  }

  @Test("the options", arguments: [(120, 40), (80, 24), (40, 10)])
  func pane(columns: Int, rows: Int) throws {
    var show = show()
    show.type("eoRR")
    show.press(.down, .down, .down, .right)
    try expectGolden("options-\(columns)x\(rows)", show.frame(columns, rows).text)
  }

  @Test("the options of two functions, without colours and Unicode", arguments: [(80, 24)])
  func ascii(columns: Int, rows: Int) throws {
    var show = Show(Self.two, ascii: true, hasColor: false)
    show.perform(.request(.normal, function: 1))
    show.go(to: 2_000)
    _ = show.frame(columns, rows)
    show.type("o")
    show.press(.down, .down, .right)
    try expectGolden("options-ascii-\(columns)x\(rows)", show.frame(columns, rows).text)
  }

  @Test("up and down choose, left and right change, o and esc close; all other keys go on working")
  func keys() {
    var show = show()
    show.type("o")
    #expect(show.viewer.showsOptions)
    #expect(show.press(.right) == [.drive(.turn(.requestKind, up: true))])
    #expect(show.press(.up) == [])
    #expect(show.press(.down, .down, .left) == [.drive(.turn(.requestRate, up: false))])
    for _ in 0..<20 { show.press(.down) }
    #expect(show.press(.right) == [.drive(.turn(.provisionedConcurrency, up: true))])
    #expect(show.type("ib q") == [.drive(.request), .drive(.burst), .time(.pause), .program(.quit)])
    show.press(.escape)
    #expect(!show.viewer.showsOptions)
    #expect(show.press(.right).first != .drive(.turn(.provisionedConcurrency, up: true)))
    show.type("oo")
    #expect(!show.viewer.showsOptions)
  }

  @Test("every control is shown at every size, by moving to it", arguments: [(40, 10), (60, 12), (80, 24)])
  func scroll(columns: Int, rows: Int) {
    var show = Show(Self.two)
    show.type("o")
    for control in Control.allCases {
      #expect(show.frame(columns, rows).text.contains("▸ \(control.title)"))
      show.press(.down)
    }
  }

  @Test("where rows are hidden, the pane says how many, at its top and at its bottom")
  func hidden() {
    var show = Show(Self.two)
    show.type("o")
    func rows(_ columns: Int = 60, _ rows: Int = 10) -> [String] {
      show.frame(columns, rows).text.split(separator: "\n").map(String.init)
    }
    func line(_ text: String, _ rows: [String]) -> String {
      rows.first { $0.contains(text) } ?? "none with \(text)"
    }
    let count = Control.allCases.count
    var seen = rows()
    #expect(line(" options ", seen).contains("1 of \(count), ↓ more"))
    let shown = seen.count { row in Control.allCases.contains { row.dropFirst(2).hasPrefix($0.title) } }
    #expect(shown < count)
    #expect(seen.contains { $0.hasSuffix("↓ \(count - shown) more") })
    #expect(!seen.contains { $0.contains("↑ 1 more") })
    show.press(.down, .down, .down, .down)
    seen = rows()
    #expect(line(" options ", seen).contains("5 of \(count), ↑ ↓ more"))
    for _ in 0..<count { show.press(.down) }
    seen = rows()
    #expect(line(" options ", seen).contains("\(count) of \(count), ↑ more"))
    #expect(seen.contains { $0.hasSuffix("↑ \(count - shown) more") })
    // Without room for the words it is the arrow and the number.
    #expect(rows(40, 10).contains { $0.hasSuffix("↑ \(count - shown)") })
    // Where all are shown there is nothing to say.
    #expect(!line(" options ", rows(120, 40)).contains(" of "))
  }

  @Test("what is turned on stays in sight, also on the smallest screen", arguments: [(120, 40), (40, 10)])
  func reminders(columns: Int, rows: Int) {
    var show = show()
    #expect(!show.frame(columns, rows).text.contains("traffic"))
    show.type("eR")
    let text = show.frame(columns, rows).text
    #expect(text.contains("next slow"))
    #expect(text.contains("traffic 0.5/s"))
    show.go(to: 4_000)
    show.session.seek(to: Show.start + .milliseconds(1_000))
    #expect(!show.frame(columns, rows).text.contains("traffic"))
  }

  @Test("a key says in words what it has done")
  func words() {
    var show = show()
    let said: [(String, String)] = [
      ("e", "next requests: slow: the handler takes five times as long"),
      ("R", "steady traffic: 0.5 a second"),
      ("rr", "steady traffic: off; less is not possible here"),
      ("T", "idle timeout: 20 s (AWS publishes none; about 6 min has been measured)"),
      ("c", "env-1 is frozen: a stopped process cannot end; it crashes when the next request thaws it"),
      ("x", "env-1 is shut down"),
    ]
    for (keys, words) in said {
      _ = show.frame()
      show.type(keys)
      #expect(show.said == words)
    }
    show.go(to: 10_000)
    show.type("c")
    #expect(show.said == "env-1 is gone already")
  }

  @Test("a crash says what becomes of it, wherever the environment is")
  func crashes() {
    for (moment, words) in [
      (50, "env-1 is being created: its runtime crashes as soon as it starts"),
      (900, "env-1 crashes: its runtime's process ends"),
    ] as [(Int64, String)] {
      var show = Show()
      show.perform(.request(.normal))
      show.go(to: moment)
      _ = show.frame()
      show.type("c")
      #expect(show.said == words)
    }
    var empty = Show()
    empty.type("c")
    #expect(empty.said == "no environment is selected; i sends a request")
  }

  @Test("acting in the past says that it forks; turning what only concerns the next key does not")
  func forks() {
    var show = show()
    show.session.seek(to: Show.start + .milliseconds(1_000))
    show.type("e")
    #expect(show.said == "next requests: slow: the handler takes five times as long")
    show.type("T")
    #expect(show.said == "forked: what came after this moment is gone, and happens anew")
    #expect(show.session.newest == Show.start + .milliseconds(1_000))
  }

  @Test("the name of a file is typed in the footer")
  func save() {
    var show = show()
    #expect(show.type("wa.yamlq") == [])
    #expect(show.frame(80, 24).text.contains("save to: a.yamlq_"))
    #expect(show.press(.backspace, .enter) == [.program(.save("a.yaml"))])
    #expect(show.type("w") + show.press(.enter) == [])
    #expect(show.type("wx") + show.press(.escape) == [])
    #expect(show.type("i") == [.drive(.request)])
  }
}
