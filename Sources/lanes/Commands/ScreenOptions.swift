import ArgumentParser
import CursesTerminal
import Glibc
import ScenarioFiles
import SwimlaneUI

extension ScreenPreferences.Theme: ExpressibleByArgument {}

struct ScreenOptions: ParsableArguments {
  @Flag(help: "One readable line for each event, no screen. The default when standard output is no terminal.")
  var plain = false

  @Flag(
    inversion: .prefixedNo,
    help: "Only ASCII characters. The default where the locale is not UTF-8.")
  var ascii: Bool?

  @Flag(inversion: .prefixedNo, help: "Colours. The default unless NO_COLOR is set.")
  var color: Bool?

  @Option(help: "Colours for a dark or a light background, or none (mono).")
  var theme: ScreenPreferences.Theme?

  @Flag(inversion: .prefixedNo, help: "For a projector: thick lanes, few panes. The key B changes it.")
  var big: Bool?

  @Flag(inversion: .prefixedNo, help: "The mouse selects, zooms and moves. The default where there is one.")
  var mouse: Bool?

  var wishes: ScreenWishes {
    var wishes = ScreenWishes(isPlain: plain)
    wishes.preferences.theme = theme
    wishes.preferences.big = big
    wishes.preferences.mouse = mouse
    wishes.preferences.ascii = ascii
    wishes.preferences.color = color
    return wishes
  }
}

/// What the command line says about the screen.
struct ScreenWishes {
  var isPlain = false
  var preferences = ScreenPreferences()

  /// Lines instead of a screen: asked for, or because nobody could see a screen.
  var wantsLines: Bool { isPlain || isatty(STDOUT_FILENO) == 0 }

  /// How the screen is to be: what the command line leaves open is as the user's file says.
  func settings() -> ScreenSettings {
    let (remembered, mistake) = rememberedPreferences()
    return ScreenSettings(remembered.overridden(by: preferences), mistake: mistake)
  }
}

/// How the screen is, and how it is looked at in the beginning.
struct ScreenSettings {
  var terminal: TerminalOptions
  var isBig: Bool
  /// Why the user's file is left alone; empty where it is not.
  var mistake: String

  init(_ wanted: ScreenPreferences, mistake: String) {
    self.mistake = mistake
    terminal = TerminalOptions(
      theme: wanted.theme == .light ? .light : .dark, color: wanted.theme == .mono ? false : wanted.color,
      ascii: wanted.ascii, mouse: wanted.mouse ?? true)
    isBig = wanted.big ?? false
  }
}

/// What `config.yaml` says. One that cannot be read is told of and left alone: the program goes on without it.
private func rememberedPreferences() -> (wanted: ScreenPreferences, mistake: String) {
  guard let path = preferencesPath, access(path, F_OK) == 0 else { return (ScreenPreferences(), "") }
  do {
    return (try ScreenPreferences.read(readWholeFile(path), name: path), "")
  } catch {
    let mistake = "\(error)"
    writeError("lanes goes on without your preferences:\n\(mistake)")
    // The path is long and known; the screen has room for one line.
    let line = mistake.split(separator: "\n").first.map(String.init) ?? mistake
    return (ScreenPreferences(), line.hasPrefix(path) ? "config.yaml" + line.dropFirst(path.count) : line)
  }
}

/// `lanes/config.yaml` in `$XDG_CONFIG_HOME`, which is `~/.config` unless it names a directory (XDG Base Directory
/// Specification: relative paths are to be ignored).
private var preferencesPath: String? {
  if let directory = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }), directory.hasPrefix("/") {
    return directory + "/lanes/config.yaml"
  }
  return getenv("HOME").map { String(cString: $0) + "/.config/lanes/config.yaml" }
}
