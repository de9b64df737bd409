package import LambdaLifecycle

/// A command that a key asks for.
package enum Command: Equatable, Hashable, Sendable {
  case request, burst, nextRequestKind
  case lessTraffic, moreTraffic
  case shorterIdleTimeout, longerIdleTimeout
  case options
  case shutDown, shutDownAll, crash
  case goOn, goBack, predict, lessons
  case pause, stepForward, stepBack, slower, faster
  case previousMarker, nextMarker
  case reverse, loop, part, previousPhase, nextPhase, previousRequest, nextRequest, addMarker, goToTime
  case previousError, nextError, previousColdStart, nextColdStart
  case previousThrottle, nextThrottle, previousShutdown, nextShutdown
  case earlier, later, panEarlier, panLater
  case previousEnvironment, nextEnvironment, pageUp, pageDown
  case start, end, follow
  case zoomIn, zoomOut, fit, squeeze
  case measure
  case toggle, collapseAll, sort, coldStart
  case nextPane, big
  case filter, nextMatch, previousMatch
  case logBinding, logUp, logDown
  case save
  case help, back, suspend, quit
}

/// One row of the key table.
package struct KeyBinding: Sendable {
  package var command: Command
  package var keys: [Key]
  /// The keys as they are written for people.
  package var label: String
  /// For the help and docs/keys.md.
  package var help: String
}

/// All keys, in one table: help and docs/keys.md are made of it, and the footer takes its keys from it.
package enum KeyTable {
  package static let bindings: [KeyBinding] = [
    bind(.request, "i", "send one request"),
    bind(.burst, "b", "send a burst"),
    bind(.nextRequestKind, "e", "what the next request does"),
    bind(.lessTraffic, "r", "less steady traffic"),
    bind(.moreTraffic, "R", "more steady traffic"),
    bind(.shorterIdleTimeout, "t", "shorter idle timeout"),
    bind(.longerIdleTimeout, "T", "longer idle timeout"),
    bind(.options, "o", "all settings"),
    bind(.shutDown, "x", "shut down, or end the emulator"),
    bind(.shutDownAll, "X", "shut down all environments"),
    bind(.crash, "c", "crash the selected environment"),
    bind(.lessons, "m", "lessons"),
    bind(.pause, [.character(" ")], "space", "pause, go on; lesson: go on"),
    bind(.stepBack, ",", "step back"),
    bind(.stepForward, ".", "step forward"),
    bind(.slower, "<", "slower"),
    bind(.faster, ">", "faster"),
    bind(.earlier, [.left, .character("h")], "← h", "look at an earlier moment"),
    bind(.later, [.right, .character("l")], "→ l", "look at a later moment"),
    bind(.panEarlier, "H", "move the picture back"),
    bind(.panLater, "L", "move the picture on"),
    bind(.start, [.character("g"), .home], "g home", "to the start"),
    bind(.end, [.character("G"), .end], "G end", "to the end"),
    bind(.follow, "f", "back to now, and follow it"),
    bind(.goToTime, ":", "to a time: 1m30s 40% +5s"),
    bind(.previousMarker, "[", "marker before"),
    bind(.nextMarker, "]", "next marker"),
    bind(.previousError, "{", "previous error"),
    bind(.nextError, "}", "next error"),
    bind(.previousColdStart, "(", "previous cold start"),
    bind(.nextColdStart, ")", "next cold start"),
    bind(.previousThrottle, "Y", "previous throttle"),
    bind(.nextThrottle, "y", "next throttle"),
    bind(.previousShutdown, "D", "previous shutdown"),
    bind(.nextShutdown, "d", "next shutdown"),
    bind(.zoomIn, [.character("+"), .character("=")], "+", "zoom in"),
    bind(.zoomOut, "-", "zoom out"),
    bind(.fit, "0", "whole session, or back"),
    bind(.squeeze, "z", "squeeze idle time, or not"),
    bind(.measure, "M", "mark a moment, measure from it"),
    bind(.previousEnvironment, [.up, .character("k")], "↑ k", "environment above"),
    bind(.nextEnvironment, [.down, .character("j")], "↓ j", "environment below"),
    bind(.pageUp, [.pageUp], "PgUp", "a page up; lesson: a step back"),
    bind(.pageDown, [.pageDown], "PgDn", "a page down; lesson: go on"),
    bind(.toggle, [.enter], "enter", "one bar or its lanes"),
    bind(.collapseAll, "C", "all as one bar, or back"),
    bind(.sort, "s", "sort environments"),
    bind(.coldStart, "S", "cold start, again: by cost"),
    bind(.nextPane, [.tab], "tab", "next pane"),
    bind(.big, "B", "big, for a projector"),
    bind(.filter, "/", "filter; in the log: search"),
    bind(.nextMatch, "n", "next match; lesson: go on"),
    bind(.previousMatch, "N", "match before"),
    bind(.logBinding, "a", "log: all or one environment"),
    bind(.logUp, "K", "in a pane: a line up"),
    bind(.logDown, "J", "in a pane: a line down"),
    bind(.save, "w", "save the session"),
    bind(.help, "?", "this help"),
    bind(.back, [.escape], "esc", "back, clear the filter"),
    bind(.suspend, [.suspend], "ctrl-z", "suspend"),
    bind(.quit, [.character("q"), .interrupt], "q", "quit"),
  ]

  /// The meanings of keys in a lesson, before all others. A presenter's remote sends PgDn and PgUp.
  package static let lesson: [KeyBinding] = [
    bind(.goOn, [.pageDown, .character("n")], "PgDn n", "lesson: go on"),
    bind(.goBack, [.pageUp], "PgUp", "lesson: a step back"),
    bind(
      .predict, [.character("1"), .character("2"), .character("3")], "1 2 3", "lesson: your prediction"),
  ]

  /// The meanings of keys while a recording is played, before all others.
  package static let player: [KeyBinding] = [
    bind(.reverse, "r", "play: backwards"),
    bind(.loop, "o", "play: repeat from M to here"),
    bind(.part, (1...9).map { .character(Unicode.Scalar(UInt8(48 + $0))) }, "1 to 9", "play: to 10 % and on"),
    bind(.previousPhase, "P", "play: phase before"),
    bind(.nextPhase, "p", "play: next phase"),
    bind(.previousRequest, "I", "play: request before"),
    bind(.nextRequest, "i", "play: next request"),
    bind(.addMarker, "m", "play: name this moment"),
  ]

  /// As help and docs/keys.md list them, each key of a lesson once: its meaning there stands beside its
  /// meaning elsewhere.
  package static var all: [KeyBinding] {
    lessonAlone + bindings + player
  }

  /// The keys that mean something in a lesson alone.
  private static var lessonAlone: [KeyBinding] {
    let others = Set(bindings.flatMap(\.keys))
    return lesson.filter { others.isDisjoint(with: $0.keys) }
  }

  /// Commands that act on a simulation, or an emulator of ours.
  private static let onStage: Set<Command> = [
    .nextRequestKind, .lessTraffic, .moreTraffic, .shorterIdleTimeout, .longerIdleTimeout, .options,
    .shutDownAll, .crash,
  ]
  private static let onEmulator: Set<Command> = [.request, .burst, .shutDown]

  /// The keys that can be obeyed where the help is asked for, those that belong there alone first.
  package static func help(_ lead: Lead) -> [KeyBinding] {
    let obeyed = bindings.filter { isObeyed($0.command, lead) }
    switch lead {
    case .simulation: return lessonAlone + obeyed
    case .live: return obeyed
    case .recording:
      let taken = Set(player.flatMap(\.keys))
      return player + obeyed.filter { taken.isDisjoint(with: $0.keys) }
    }
  }

  private static func isObeyed(_ command: Command, _ lead: Lead) -> Bool {
    switch command {
    case .lessons: !lead.isObserved
    case .save: !lead.hasEnd
    case _ where onStage.contains(command): lead.canSetIdleTimeout
    case _ where onEmulator.contains(command): lead.canInvoke
    default: true
    }
  }

  private static func bind(
    _ command: Command, _ key: Unicode.Scalar, _ help: String
  ) -> KeyBinding {
    bind(command, [.character(key)], String(Character(key)), help)
  }

  private static func bind(
    _ command: Command, _ keys: [Key], _ label: String, _ help: String
  ) -> KeyBinding {
    KeyBinding(command: command, keys: keys, label: label, help: help)
  }

  private static let commands: [Key: Command] = {
    var commands: [Key: Command] = [:]
    for binding in bindings { for key in binding.keys { commands[key] = binding.command } }
    return commands
  }()

  /// The command that a key asks for; nil for a key that means nothing.
  package static func command(_ key: Key) -> Command? { commands[key] }

  /// The footer's choice for each use: commands that share a word, the most important first. Help and quit follow.
  package static func footer(
    _ lead: Lead, isLesson: Bool = false, canRequest: Bool = true, canEnd: Bool = true
  ) -> [(label: String, word: String)] {
    let choice: [([Command], String)] =
      switch lead {
      case .simulation where isLesson:
        [
          ([.goOn, .pause], "go on"), ([.goBack], "back"), ([.lessons], "lessons"), ([.request], "request"),
          ([.options], "options"), ([.nextPane], "pane"), ([.big], "big"), ([.earlier, .later], "time"),
          ([.zoomIn, .zoomOut], "zoom"), ([.toggle], "lanes"),
        ]
      case .simulation:
        [
          ([.request], "request"), ([.burst], "burst"), ([.options], "options"),
          ([.shorterIdleTimeout, .longerIdleTimeout], "idle timeout"),
          ([.pause], "pause"), ([.shutDown], "shut down"), ([.lessons], "lessons"), ([.nextPane], "pane"),
          ([.earlier, .later], "time"), ([.follow], "now"), ([.stepForward, .stepBack], "step"),
          ([.zoomIn, .zoomOut], "zoom"), ([.toggle], "lanes"),
        ]
      case .live(let live) where live.fleet != nil:
        [
          ([.request], "request"), ([.burst], "burst"), ([.options], "options"),
          ([.shorterIdleTimeout, .longerIdleTimeout], "idle timeout"),
          ([.shutDown], "shut down"), ([.pause], "pause"), ([.earlier, .later], "time"),
          ([.follow], "now"), ([.nextPane], "pane"), ([.zoomIn, .zoomOut], "zoom"), ([.toggle], "lanes"),
        ]
      case .live:
        [
          ([.request], "request"), ([.shutDown], "end"), ([.pause], "pause"), ([.earlier, .later], "time"),
          ([.follow], "now"), ([.zoomIn, .zoomOut], "zoom"), ([.fit], "whole"), ([.toggle], "lanes"),
          ([.nextPane], "pane"),
        ]
      case .recording:
        [
          ([.pause], "play"), ([.earlier, .later], "time"), ([.stepForward, .stepBack], "step"),
          ([.slower, .faster], "speed"), ([.zoomIn, .zoomOut], "zoom"), ([.fit], "whole"),
          ([.reverse], "backwards"), ([.nextPane], "pane"), ([.start, .end], "ends"),
          ([.goToTime], "go to"), ([.addMarker], "marker"), ([.toggle], "lanes"),
        ]
      }
    let obeyed = choice.filter { commands, _ in
      (canRequest || commands != [.request]) && (canEnd || commands != [.shutDown])
    }
    return obeyed.map { (label: $0.0.map(shortLabel).joined(separator: " "), word: $0.1) }
  }

  /// The first of the keys that a command has.
  static func shortLabel(_ command: Command) -> String {
    let label = (lesson + bindings + player).first { $0.command == command }?.label ?? ""
    return label.split(separator: " ").first.map(String.init) ?? label
  }

  /// The table for docs/keys.md.
  package static var markdown: String {
    var lines = ["| key | what it does |", "| --- | --- |"]
    for binding in all { lines.append("| `\(binding.label)` | \(binding.help) |") }
    return lines.joined(separator: "\n") + "\n"
  }
}
