import LambdaEventFormats
import LambdaLifecycle
import Testing

/// Every capture of the emulator against what a reader of it says happened (Fixtures/golden).
@Suite struct RIEFixtureTests {
  @Test(arguments: Fixture.rie) func captureTellsWhatHappened(name: String) throws {
    let log = decode(try Fixture.bytes("rie/\(name).log"))
    try expectGolden(render(log), name)
  }
}
