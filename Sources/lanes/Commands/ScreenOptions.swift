import ArgumentParser
import LanesProgram
import ScenarioFiles

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
