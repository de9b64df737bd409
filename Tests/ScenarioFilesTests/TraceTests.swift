import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite struct TraceTests {
  private static let yaml = "{functions: {one: {}, two: {}}, requests: [{trace: t.csv, function: two}]}"

  private func requests(_ csv: String) throws -> [TracedRequest] {
    guard case .trace(let requests) = try read(Self.yaml, traces: ["t.csv": csv]).scenario.traffic[0].pattern
    else {
      return []
    }
    return requests
  }

  private func messages(_ csv: String, _ yaml: String = yaml) -> String {
    mistakes(yaml, traces: ["t.csv": csv])
  }

  private func request(
    _ at: Nanoseconds, _ function: Int = 1, _ duration: Nanoseconds = -1, _ cold: Nanoseconds = -1,
    _ initialization: Nanoseconds = -1
  ) -> TracedRequest {
    var request = TracedRequest(at: at)
    request.function = function
    request.duration = duration
    request.coldDuration = cold
    request.initDuration = initialization
    return request
  }

  @Test func allColumnsInAnyOrder() throws {
    #expect(
      try requests("init,at,cold_duration,function,duration\n0.1,0.5,0.9,one,0.25\n,1,,two,\n") == [
        request(500_000_000, 0, 250_000_000, 900_000_000, 100_000_000), request(.seconds(1), 1),
      ])
  }

  @Test func theFunctionOfTheTraceHoldsWhereRowsDoNotSay() throws {
    #expect(try requests("at\n1\n") == [request(.seconds(1), 1)])
  }

  @Test func numbersAreReadExactly() throws {
    let texts = ["0.1", "0.123456789", "0.1234567894", "0.1234567895", "0.12345678949999", "7", "3153600000"]
    let lengths = try requests("at,duration\n" + texts.map { "0,\($0)" }.joined(separator: "\n")).map(
      \.duration)
    #expect(
      lengths == [
        100_000_000, 123_456_789, 123_456_789, 123_456_790, 123_456_789, 7_000_000_000,
        .seconds(3_153_600_000),
      ])
  }

  @Test func quotesBlanksAndLineEndings() throws {
    let expected = [request(.seconds(1), 0), request(.seconds(2), 1)]
    #expect(try requests("\u{FEFF}\"at\",function\r\n1,\"one\"\r\n\r\n 2 , \"two\" \r\n") == expected)
    #expect(try requests("at,function\n\n\n1,one\n2,two") == expected)
  }

  @Test func equalTimesAreInOrder() throws {
    #expect(try requests("at\n1\n1\n").count == 2)
  }

  @Test(arguments: [
    (
      "",
      "t.csv:1: requests[0]: found no line; expected a header with the column at and perhaps others of at, function, duration, cold_duration, init"
    ),
    ("duration\n1\n", "t.csv:1: requests[0]: found no column at; expected one, in seconds"),
    (
      "at,Duration\n1,1\n",
      "t.csv:1: requests[0]: found the unknown column \"Duration\", did you mean duration? expected at, function, duration, cold_duration, init"
    ),
    (
      "at,x\n1,1\n",
      "t.csv:1: requests[0]: found the unknown column \"x\"; expected at, function, duration, cold_duration, init"
    ),
    ("at,at\n1,1\n", "t.csv:1: requests[0]: found the column \"at\" twice; expected it once"),
    ("at\n1\n1,2\n", "t.csv:3: requests[0]: found 2 fields; expected 1, as many as columns"),
    ("at,duration\n1\n", "t.csv:2: requests[0]: found 1 field; expected 2, as many as columns"),
    (
      "at\n2\n\n1\n",
      "t.csv:4: requests[0]: found a time before that of a row above; expected rows in ascending time"
    ),
    (
      "at\nsoon\n",
      "t.csv:2: requests[0]: found at \"soon\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    ("at\n-1\n", "t.csv:2: requests[0]: found at \"-1\"; expected seconds such as 0.125, 0 to 3,153,600,000"),
    (
      "at\n1e400\n",
      "t.csv:2: requests[0]: found at \"1e400\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    ("at\n1.\n", "t.csv:2: requests[0]: found at \"1.\"; expected seconds such as 0.125, 0 to 3,153,600,000"),
    (
      "at\n99999999999999999999999\n",
      "t.csv:2: requests[0]: found at \"99999999999999999999999\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    (
      "at\n3153600000.1\n",
      "t.csv:2: requests[0]: found at \"3153600000.1\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    (
      "at,init\n1,nan\n",
      "t.csv:2: requests[0]: found init \"nan\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    (
      "at,duration\n,1\n",
      "t.csv:2: requests[0]: found at \"\"; expected seconds such as 0.125, 0 to 3,153,600,000"
    ),
    ("at,function\n1,three\n", "t.csv:2: requests[0]: found the function \"three\"; expected one or two"),
    ("at,function\n1,\"o\"\"e\"\n", "t.csv:2: requests[0]: found the function \"o\"e\"; expected one or two"),
    (
      "at,cold_duration,init\n1,0.1,0.2\n",
      "t.csv:2: requests[0]: found init greater than cold_duration; expected it not to be: it is a part of it"
    ),
  ])
  func mistakesOfATrace(_ csv: String, _ message: String) {
    #expect(messages(csv) == message)
  }

  @Test func everyWrongRowIsToldUpToTwenty() {
    #expect(messages("at\n" + String(repeating: "x\n", count: 3)).split(separator: "\n").count == 3)
    #expect(messages("at\n" + String(repeating: "x\n", count: 1_000)).split(separator: "\n").count == 20)
  }

  @Test func aFunctionMustBeKnownWhereThereAreSeveral() {
    let yaml = "{functions: {one: {}, two: {}}, requests: [{trace: t.csv}]}"
    #expect(
      messages("at,function\n1,one\n", yaml) == "",
      "each row names its function")
    #expect(
      messages("at\n1\n", yaml)
        == "t.csv:1: requests[0]: found no column function; expected one: there are several functions")
    #expect(
      messages("at,function\n1,\n", yaml)
        == "t.csv:2: requests[0]: found the function \"\"; expected one or two")
  }

  @Test func manyRows() throws {
    let csv = "at,duration\n" + (0..<100_000).map { "\($0 / 10).\($0 % 10),0.05\n" }.joined()
    let found = try requests(csv)
    #expect(found.count == 100_000)
    #expect(found.last == request(9_999_900_000_000, 1, 50_000_000))
  }
}
