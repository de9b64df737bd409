package import CursesTerminal
package import ScenarioFiles
internal import SwimlaneUI

/// How the screen is, and how it is looked at in the beginning.
package struct ScreenSettings {
  /// What the terminal is asked to be.
  package var terminal: TerminalOptions
  /// For a projector: thick lanes, few panes.
  package var isBig: Bool
  /// Why the user's file is left alone; empty where it is not.
  package var mistake: String

  /// - Parameter mistake: why the user's file is left alone; empty where it is not.
  package init(_ wanted: ScreenPreferences, mistake: String = "") {
    self.mistake = mistake
    terminal = TerminalOptions(
      theme: wanted.theme == .light ? .light : .dark, color: wanted.theme == .mono ? false : wanted.color,
      ascii: wanted.ascii, mouse: wanted.mouse ?? true)
    isBig = wanted.big ?? false
  }
}
