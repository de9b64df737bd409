package import CursesTerminal
package import ScenarioFiles
internal import SwimlaneUI

/// The settings of the screen, and of its first view.
package struct ScreenSettings {
  /// The options that the terminal is opened with.
  package var terminal: TerminalOptions
  /// For a projector: thick lanes, few panes.
  package var isBig: Bool
  /// The reason why the user's file is left alone; empty where it is not.
  package var mistake: String

  /// - Parameter mistake: the reason why the user's file is left alone; empty where it is not.
  package init(_ wanted: ScreenPreferences, mistake: String = "") {
    self.mistake = mistake
    terminal = TerminalOptions(
      theme: wanted.theme == .light ? .light : .dark, color: wanted.theme == .mono ? false : wanted.color,
      ascii: wanted.ascii, mouse: wanted.mouse ?? true)
    isBig = wanted.big ?? false
  }
}
