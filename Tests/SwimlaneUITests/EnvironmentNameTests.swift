import LambdaLifecycle
import SwimlaneUI
import Testing

/// A log stream's name is longer than its place: the part that distinguishes it from others is shown.
@Suite struct EnvironmentNameTests {
  private func drawn(_ name: String) -> String {
    var stream = EmulatorStream(live: false, source: .cloudWatch, name: name)
    stream.life()
    var show = Show(stream.session, fitsAll: true)
    show.go(to: 12_000)
    return show.frame(100, 30).text
  }

  @Test func logStream() {
    let drawn = drawn("2026/07/09/[$LATEST]4f0c3c1bd3f64a4fa8a0d6a1f24a5b61")
    #expect(drawn.contains(" …4f0c3c1b "))
    #expect(!drawn.contains(" 2026/07/09/[$LAT "))
  }

  @Test(arguments: ["rie-1", "a name that is much too long]", "[$LATEST]4f0c"]) func otherNames(name: String)
  {
    #expect(drawn(name).contains(" \(name.prefix(13))"))
  }
}
