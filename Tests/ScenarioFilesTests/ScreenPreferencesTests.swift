import ScenarioFiles
import Testing

@Suite struct ScreenPreferencesTests {
  private func read(_ yaml: String) throws(ScenarioMistakes) -> ScreenPreferences {
    try ScreenPreferences.read(yaml.utf8, name: "config.yaml")
  }

  private func mistakes(_ yaml: String) -> String {
    do {
      _ = try read(yaml)
      return ""
    } catch { return error.description }
  }

  @Test func everyKey() throws {
    let all = try read("theme: mono\nbig: true\nmouse: false\nascii: true\ncolor: false\n")
    #expect(
      all.theme == .mono && all.big == true && all.mouse == false && all.ascii == true && all.color == false)
    #expect(try read("theme: light").theme == .light)
    #expect(try read("theme: light").big == nil)
  }

  @Test(arguments: ["", "\n", "# nothing yet\n", "{}", "\u{FEFF}"])
  func nothingIsNoMistake(yaml: String) throws { #expect(try read(yaml) == ScreenPreferences()) }

  @Test(arguments: [
    (
      "theme: drk", "config.yaml:1:8: theme: found \"drk\", did you mean dark? expected dark, light or mono"
    ),
    ("theme: dark\nmous: false", "config.yaml:2:1: found the unknown key \"mous\", did you mean mouse?"),
    ("big: yes", "config.yaml:1:6: big: found \"yes\"; expected true or false"),
    (
      "- theme",
      "config.yaml:1:1: found a list; expected a mapping with keys of theme, big, mouse, ascii, color"
    ),
    ("theme: [", "config.yaml:2:1: not valid YAML"), ("a: 1\na: 2", "found more than once: \"a\""),
  ])
  func wrong(yaml: String, message: String) { #expect(mistakes(yaml).contains(message), "\(mistakes(yaml))") }

  @Test func whatIsGivenWinsOverWhatIsRemembered() throws {
    let remembered = try read("theme: light\nbig: true\nmouse: false\nascii: true\ncolor: false")
    #expect(remembered.overridden(by: ScreenPreferences()) == remembered)
    #expect(ScreenPreferences().overridden(by: remembered) == remembered)
    let given = try read("theme: mono\nbig: false\nmouse: true\nascii: false\ncolor: true")
    #expect(remembered.overridden(by: given) == given)
    let some = remembered.overridden(by: try read("big: false"))
    #expect(some == (try read("theme: light\nbig: false\nmouse: false\nascii: true\ncolor: false")))
  }

  @Test func bytesThatAreNoText() {
    do {
      _ = try ScreenPreferences.read([0xFF, 0xFE, 0x00], name: "config.yaml")
      Issue.record("bytes were read as text")
    } catch {
      #expect(error.description.contains("no UTF-8 text; expected preferences in YAML"))
    }
  }
}
