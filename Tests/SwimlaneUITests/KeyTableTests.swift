import Foundation
import LambdaLifecycle
@testable import SwimlaneUI
import Testing

@Suite("Keys")
struct KeyTableTests {
  @Test("every key asks for one thing, and every command has one row")
  func unique() {
    let keys = KeyTable.bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(Set(KeyTable.bindings.map(\.command)).count == KeyTable.bindings.count)
    for binding in KeyTable.bindings {
      #expect(!binding.keys.isEmpty && !binding.label.isEmpty && !binding.help.isEmpty)
      #expect(binding.keys.allSatisfy { KeyTable.command($0) == binding.command })
    }
    #expect(KeyTable.command(.character("~")) == nil)
    #expect(KeyTable.command(.resize) == nil)
  }

  @Test("the label of a key names it")
  func labels() {
    for binding in KeyTable.lesson + KeyTable.bindings {
      let names = Set(binding.label.split(separator: " ").map(String.init))
      #expect(
        binding.keys.contains { names.contains(name($0)) }, "\(binding.label) names none of \(binding.keys)")
    }
  }

  @Test("help and docs/keys.md list each key once")
  func once() {
    // The meanings of keys in a recording stand beside their meanings elsewhere.
    let keys = KeyTable.all.dropLast(KeyTable.player.count).flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys) == Set((KeyTable.bindings + KeyTable.lesson).flatMap(\.keys)))
    let player = KeyTable.player.flatMap(\.keys)
    #expect(Set(player).count == player.count)
    #expect(KeyTable.all.suffix(KeyTable.player.count).map(\.help) == KeyTable.player.map(\.help))
  }

  @Test(
    "every phase and every state has a sign of its own, without colours and without Unicode",
    arguments: [true, false])
  func signs(ascii: Bool) {
    let viewer = Show(ascii: ascii, hasColor: false).viewer
    let signs = viewer.legend.map { $0.cells.map(\.glyph) }
    #expect(Set(signs).count == signs.count)
  }

  private func name(_ key: Key) -> String {
    switch key {
    case .character(" "): "space"
    case .character(let scalar): String(Character(scalar))
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .escape: "esc"
    case .suspend: "ctrl-z"
    default: "\(key)"
    }
  }

  /// Five environments, halfway through a session; a marker lies on both sides.
  private func show() -> Show {
    var show = Show()
    show.lessons = [LessonEntry(title: "Cold start", about: "why")]
    for _ in 0..<5 { show.perform(.request(.normal)) }
    show.go(to: 2_500)
    show.perform(.set(.idleTimeout, .seconds(20)))
    show.go(to: 4_000)
    show.session.seek(to: Show.start + .milliseconds(1_200))
    _ = show.frame(120, 40)
    return show
  }

  /// All that a user can see of a viewer, and what the program is asked to do.
  private func outcome(_ key: Key, _ show: Show) -> (answer: Answer, frame: Frame) {
    var show = show
    return (show.screen.answer(to: key), show.frame(120, 40))
  }

  @Test("no row of the table is dead: each key asks the program for something or changes the picture")
  func alive() {
    var middle = show()
    for _ in 0..<12 { middle.press(.up) }
    middle.press(.down)
    _ = middle.frame(120, 40)
    var filtered = middle
    filtered.type("/env")
    filtered.press(.enter)
    for binding in KeyTable.bindings {
      for key in binding.keys {
        let before = binding.command == .back ? filtered : middle
        var unchanged = before
        let result = outcome(key, before)
        #expect(result.answer != .ignored)
        #expect(
          result.answer != .handled || result.frame != unchanged.frame(120, 40),
          "\(binding.label) does nothing")
      }
    }
  }

  @Test("each command asks for its own effect")
  func effects() {
    let show = show()
    func effect(_ key: Unicode.Scalar) -> Effect? {
      if case .effect(let effect) = outcome(.character(key), show).answer { effect } else { nil }
    }
    #expect(effect("i") == .drive(.request))
    #expect(effect("b") == .drive(.burst))
    #expect(effect("t") == .drive(.shorterIdleTimeout))
    #expect(effect("T") == .drive(.longerIdleTimeout))
    #expect(effect("x") == .drive(.shutDown(show.session.timeline.tracks.last?.id)))
    #expect(effect("X") == .drive(.shutDownAll))
    #expect(effect(" ") == .time(.pause))
    #expect(effect(",") == .time(.stepBack))
    #expect(effect(".") == .time(.stepForward))
    #expect(effect("<") == .time(.slower))
    #expect(effect(">") == .time(.faster))
    #expect(effect("[") == .program(.tell("there is no marker so far")))
    #expect(effect("]") == .program(.tell("there is no marker so far")))
    #expect(effect("g") == .time(.start))
    #expect(effect("G") == .time(.end))
    #expect(effect("f") == .time(.follow))
    #expect(effect("q") == .program(.quit))
    #expect(outcome(.character("~"), show).answer == .ignored)
    #expect(outcome(.interrupt, show).answer == .effect(.program(.quit)))
    #expect(outcome(.suspend, show).answer == .effect(.program(.suspend)))
    #expect(outcome(.resize, show).answer == .handled)
    // A twentieth of 92 columns of 100 ms.
    #expect(outcome(.left, show).answer == .effect(.time(.seek(Show.start + .milliseconds(800)))))
    #expect(outcome(.right, show).answer == .effect(.time(.seek(Show.start + .milliseconds(1_600)))))
  }

  @Test("without an environment x has nothing to name")
  func nothingSelected() {
    #expect(outcome(.character("x"), Show()).answer == .effect(.drive(.shutDown(nil))))
  }

  @Test(
    "the help shows every key and its text whole, at every size", arguments: [(120, 40), (80, 24), (40, 10)])
  func help(columns: Int, rows: Int) {
    var show = show()
    _ = show.frame(columns, rows)
    show.press(.character("?"))
    var seen = show.frame(columns, rows).text
    for _ in 0..<90 {
      show.press(.down)
      seen += "\n" + show.frame(columns, rows).text
    }
    for binding in KeyTable.help(show.session.lead) {
      let spaces = String(repeating: " ", count: max(0, 8 - binding.label.unicodeScalars.count))
      #expect(seen.contains("  \(binding.label)\(spaces)\(binding.help)"), "\(binding.label)")
    }
    for sign in ["create", "extension init", "init, not divided", "inferred: nobody said", "shutdown"] {
      #expect(seen.contains("\(sign)"))
    }
    show.press(.escape)
    #expect(!show.frame(columns, rows).text.contains("Keys and signs"))
  }

  @Test("the footer names keys of the table, and always help and quit")
  func footer() {
    var sessions = [Show()]
    sessions.append(Show(EmulatorStream(live: true).session))
    sessions.append(Show(EmulatorStream(live: false).session, fitsAll: true))
    let names = Set(KeyTable.all.flatMap { $0.label.split(separator: " ").map(String.init) })
    for var show in sessions {
      for columns in [40, 60, 80, 100, 120, 200] {
        let footer = show.frame(columns, 24).text.split(separator: "\n", omittingEmptySubsequences: false)[23]
        #expect(footer.hasSuffix("? help  q quit"))
        for item in footer.split(separator: "  ") {
          let words = item.split(separator: " ").map(String.init)
          #expect(words.first.map(names.contains) ?? false, "\(item)")
        }
      }
    }
  }

  @Test("docs/keys.md has the table as it is")
  func document() throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/keys.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- keys -->"))
    let end = try #require(text.range(of: "<!-- /keys -->"))
    let table = text[begin.upperBound..<end.lowerBound].trimmingCharacters(in: .newlines)
    #expect(table + "\n" == KeyTable.markdown)
  }

  @Test("a table for docs/keys.md: a row for each binding, nothing in it breaks a row")
  func markdown() {
    let lines = KeyTable.markdown.split(separator: "\n")
    #expect(lines.count == KeyTable.all.count + 2)
    for (line, binding) in zip(lines.dropFirst(2), KeyTable.all) {
      #expect(line == "| `\(binding.label)` | \(binding.help) |")
      #expect(!binding.label.contains("|") && !binding.help.contains("|") && !binding.label.contains("`"))
    }
  }
}

@Suite struct HelpKeysTests {
  @Test("no key stands in a session's help twice", arguments: Show.leads)
  func once(lead: Lead) {
    let keys = KeyTable.help(lead).flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(keys.contains(.character("?")))
  }

  @Test("together they are all that the table lists")
  func complete() {
    let listed = Show.leads.flatMap { KeyTable.help($0).map(\.label) }
    #expect(Set(listed) == Set(KeyTable.all.map(\.label)))
  }

  @Test("a recording cannot be sent requests, a stream has no settings")
  func obeyed() {
    #expect(!KeyTable.help(.recording).contains { $0.command == .request || $0.command == .options })
    #expect(KeyTable.help(.live(LiveLead())).contains { $0.command == .request })
    #expect(!KeyTable.help(.live(LiveLead())).contains { $0.command == .options })
    let driven = Set(KeyTable.help(.live(LiveLead(driving: .playground))).map(\.command))
    #expect(driven.isSuperset(of: [.request, .options, .longerIdleTimeout, .crash]))
    #expect(!driven.contains(.lessons))
  }
}
