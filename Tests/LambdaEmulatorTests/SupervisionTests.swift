import LambdaEmulator
import Testing

@Suite struct SupervisionTests {
  @Test("A program that is no supervisor goes on")
  func goesOn() { superviseIfAsked() }
}
