/// What a key asks for.
package enum Command: Equatable, Hashable, Sendable {
  case request, burst
  case shorterIdleTimeout, longerIdleTimeout
  case shutDown, shutDownAll
  case pause, stepForward, stepBack, slower, faster
  case previousMarker, nextMarker
  case earlier, later, panEarlier, panLater
  case previousEnvironment, nextEnvironment, pageUp, pageDown
  case start, end, follow
  case zoomIn, zoomOut, fit
  case toggle, nextPane
  case filter, nextMatch
  case help, back, suspend, quit
}

/// One row of the key table.
package struct KeyBinding: Sendable {
  package var command: Command
  package var keys: [Key]
  /// How the keys are written for people.
  package var label: String
  /// For the footer; empty where there is no room for it.
  package var short: String
  /// For the help and the README.
  package var help: String
}

/// All keys, in one table: help, footer and README are made of it.
package enum KeyTable {
  package static let bindings: [KeyBinding] = [
    bind(.request, "i", "request", "send one request"),
    bind(.burst, "b", "burst", "send a burst of 5 requests at once"),
    bind(.shorterIdleTimeout, "t", "", "shorter idle timeout", label: "t"),
    bind(.longerIdleTimeout, "T", "", "longer idle timeout", label: "T"),
    bind(.shutDown, "x", "shut down", "shut down the selected environment; while watching, end the emulator"),
    bind(.shutDownAll, "X", "", "shut down all environments"),
    KeyBinding(
      command: .pause, keys: [.character(" ")], label: "space", short: "pause", help: "pause and go on"),
    bind(.stepBack, ",", "", "step back to the last thing that happened"),
    bind(.stepForward, ".", "", "step to the next thing that happens"),
    bind(.slower, "<", "", "slower"),
    bind(.faster, ">", "", "faster"),
    KeyBinding(
      command: .earlier, keys: [.left, .character("h")], label: "← h", short: "",
      help: "look at an earlier moment"),
    KeyBinding(
      command: .later, keys: [.right, .character("l")], label: "→ l", short: "",
      help: "look at a later moment"),
    bind(.panEarlier, "H", "", "move the picture to earlier times"),
    bind(.panLater, "L", "", "move the picture to later times"),
    KeyBinding(
      command: .start, keys: [.character("g"), .home], label: "g home", short: "", help: "to the start"),
    KeyBinding(command: .end, keys: [.character("G"), .end], label: "G end", short: "", help: "to the end"),
    bind(.follow, "f", "now", "return to now and follow it"),
    bind(.previousMarker, "[", "", "previous marker: created, failed, gone, a setting changed"),
    bind(.nextMarker, "]", "", "next marker"),
    KeyBinding(
      command: .zoomIn, keys: [.character("+"), .character("=")], label: "+", short: "zoom", help: "zoom in"),
    bind(.zoomOut, "-", "", "zoom out"),
    bind(.fit, "0", "", "show the whole session"),
    KeyBinding(
      command: .previousEnvironment, keys: [.up, .character("k")], label: "↑ k", short: "",
      help: "select the environment above"),
    KeyBinding(
      command: .nextEnvironment, keys: [.down, .character("j")], label: "↓ j", short: "",
      help: "select the environment below"),
    KeyBinding(command: .pageUp, keys: [.pageUp], label: "PgUp", short: "", help: "a page up"),
    KeyBinding(command: .pageDown, keys: [.pageDown], label: "PgDn", short: "", help: "a page down"),
    KeyBinding(
      command: .toggle, keys: [.enter], label: "enter", short: "lanes", help: "one bar or six lanes"),
    KeyBinding(
      command: .nextPane, keys: [.tab], label: "tab", short: "", help: "next pane: why, details, events"),
    bind(.filter, "/", "", "show only environments whose name or state contains a text"),
    bind(.nextMatch, "n", "", "next environment that matches"),
    bind(.help, "?", "help", "this help"),
    KeyBinding(command: .back, keys: [.escape], label: "esc", short: "", help: "back; clears the filter"),
    KeyBinding(command: .suspend, keys: [.suspend], label: "ctrl-z", short: "", help: "suspend"),
    KeyBinding(
      command: .quit, keys: [.character("q"), .interrupt], label: "q", short: "quit", help: "quit"),
  ]

  private static func bind(
    _ command: Command, _ key: Unicode.Scalar, _ short: String, _ help: String, label: String? = nil
  ) -> KeyBinding {
    KeyBinding(
      command: command, keys: [.character(key)], label: label ?? String(Character(key)), short: short,
      help: help)
  }

  private static let commands: [Key: Command] = {
    var commands: [Key: Command] = [:]
    for binding in bindings { for key in binding.keys { commands[key] = binding.command } }
    return commands
  }()

  /// What a key asks for; nil for a key that means nothing.
  package static func command(_ key: Key) -> Command? { commands[key] }

  /// The table for the README.
  package static var markdown: String {
    var lines = ["| key | what it does |", "| --- | --- |"]
    for binding in bindings { lines.append("| `\(binding.label)` | \(binding.help) |") }
    return lines.joined(separator: "\n") + "\n"
  }
}
