import LambdaLifecycle
import Testing

@testable import EventSources

@Suite struct LogGroupTests {
  @Test func awsIsToldTheGroupAndTheMoment() {
    var group = LogGroup(name: "/aws/lambda/hello")
    let plain = ["logs", "filter-log-events", "--output", "json", "--cli-connect-timeout", "10"]
    let end = ["--log-group-name", "/aws/lambda/hello", "--start-time", "1500"]
    #expect(group.arguments(from: .milliseconds(1_500)) == plain + end)
    group.region = "eu-central-1"
    group.profile = "work"
    group.endpointURL = "http://127.0.0.1:5000"
    let further = [
      "--region", "eu-central-1", "--profile", "work", "--endpoint-url", "http://127.0.0.1:5000",
    ]
    #expect(group.arguments(from: .milliseconds(1_500)) == plain + further + end)
    #expect(group.function == "hello")
    #expect(LogGroup(name: "all").function.isEmpty)
  }

  @Test(arguments: [("30s", 30), ("10m", 600), ("2h", 7_200), ("1d", 86_400), ("1w", 604_800)])
  func lengths(text: String, seconds: Int64) { #expect(LogGroup.length(text) == .seconds(seconds)) }

  @Test(arguments: ["", "m", "10", "-1m", "1.5h", "10 m", "99999999999d"])
  func noLengths(text: String) { #expect(LogGroup.length(text) == nil) }

  @Test func eachStretchIsAskedForAgainForAMinute() {
    var polling = LogGroupPolling(start: .seconds(1_000))
    #expect(polling.answered(asked: .seconds(1_010)) == .askAgain(after: .seconds(2)))
    #expect(polling.start == .seconds(1_000))
    _ = polling.answered(asked: .seconds(1_100))
    #expect(polling.start == .seconds(1_040))
  }

  @Test(arguments: [
    (
      "An error occurred (ThrottlingException) when calling the FilterLogEvents operation: Rate exceeded",
      "throttled by AWS"
    ),
    (#"Could not connect to the endpoint URL: "https://logs.eu-central-1.amazonaws.com/""#, "no network"),
    (
      "An error occurred (ServiceUnavailableException) when calling the FilterLogEvents operation: Sorry",
      "AWS has a fault"
    ),
  ])
  func whatMayPassIsTriedAgainLessAndLessOften(line: String, obstacle: String) {
    var polling = LogGroupPolling(start: .seconds(1_000))
    for seconds in [2, 4, 8, 16, 32, 60, 60] as [Int64] {
      #expect(
        polling.failed(.exited(254), stderr: "\n\(line)\n") == .tryAgain(after: .seconds(seconds), obstacle))
    }
    #expect(polling.start == .seconds(1_000))
    _ = polling.answered(asked: .seconds(1_100))
    #expect(polling.failed(.exited(254), stderr: line) == .tryAgain(after: .seconds(2), obstacle))
  }

  @Test func whatStaysIsToldInTheWordsOfAWS() {
    var polling = LogGroupPolling(start: 0)
    let missing =
      "An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: no such group"
    let stderr = "x.py:1: PythonDeprecationWarning: old\n  warnings.warn(old)\n\n\(missing)\nmore\n"
    #expect(polling.failed(.exited(254), stderr: stderr) == .giveUp(missing))
    #expect(
      polling.failed(.exited(253), stderr: "") == .giveUp("aws exited with status 253 and said nothing"))
  }
}
