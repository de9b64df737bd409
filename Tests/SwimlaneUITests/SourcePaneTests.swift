import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("The source pane")
struct SourcePaneTests {
  @Test("more functions than there is room for: as many as fit, with the selected environment's")
  func manyFunctions() throws {
    var scenario = Scenario.playground
    var function = try #require(scenario.functions.first)
    function.source = [SourceLine("def handler(event, context):"), SourceLine("    return 1")]
    scenario.functions = (0..<60).map { number in
      function.name = "function-\(number)"
      return function
    }
    var show = Show(scenario)
    for number in [7, 59] { show.perform(.request(.normal, function: number)) }
    show.go(to: 2_000)
    for (columns, rows) in [(40, 10), (60, 24), (80, 24), (160, 40), (200, 12)] {
      _ = show.frame(columns, rows)
      for _ in 0..<6 {
        show.press(.tab)
        _ = show.frame(columns, rows)
      }
    }
    show.press(.up, .up, .down)
    let text = show.frame(160, 40).text
    #expect(text.contains("source of function-59"))
    #expect(!text.contains("source of function-7 "))
  }
}
