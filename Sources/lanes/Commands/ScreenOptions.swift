import ArgumentParser
import CursesTerminal
import Glibc
import SwimlaneUI

struct ScreenOptions: ParsableArguments {
  @Flag(help: "One readable line for each event, no screen. The default when standard output is no terminal.")
  var plain = false

  @Flag(help: "Only ASCII characters. The default where the locale is not UTF-8.")
  var ascii = false

  @Flag(name: .customLong("no-color"), help: "No colours. The default where NO_COLOR is set.")
  var noColor = false

  @Option(help: "Colours for a dark or a light background.")
  var theme = ThemeName.dark

  enum ThemeName: String, ExpressibleByArgument, CaseIterable { case dark, light }

  /// Lines instead of a screen: asked for, or because nobody could see a screen.
  var wantsLines: Bool { plain || isatty(STDOUT_FILENO) == 0 }

  var terminal: TerminalOptions {
    TerminalOptions(
      theme: theme == .dark ? .dark : .light, color: noColor ? false : nil, ascii: ascii ? true : nil)
  }
}
