import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// Every capture of the emulator against the story that a reader finds in it (Golden).
@Suite struct RIEFixtureTests {
  @Test(arguments: Fixture.rie) func captureTellsWhatHappened(name: String) throws {
    let log = decode(try Fixture.bytes("rie/\(name).log"))
    try expectGolden(name, render(log))
  }

  @Test func oldLogPipedInKeepsItsOwnTimes() throws {
    let bytes = try Fixture.bytes("rie/timeout2s-info.log")
    // Two hours after its lines, and half a zone off: no zone explains that.
    let arrival: Timestamp = .seconds(1_795_403_214) + .seconds(2 * 3_600 + 400)
    #expect(render(decode(bytes, arrival: arrival)) == render(decode(bytes)))
  }
}
