import Testing

/// The right figures of logs that are easily misread, each the smallest of its kind: as `lanes summary
/// --json` names them, in milliseconds where they are lengths.
struct LogExpectation: Sendable, CustomTestStringConvertible {
  /// In `Fixtures/logs`.
  var name: String
  /// The reason why these figures are right.
  var why: String
  var figures: [String: Int]
  /// The longest of the lengths that a figure is made of.
  var longest: [String: ClosedRange<Double>]
  /// Some caller has waited for this long, whatever for.
  var leastWait: Double
  var environments: Int?
  /// Of the invocations, in order.
  var outcomes: [String]?
  /// The same.
  var lengths: [Int]?
  /// Phases that do not overlap each other.
  var apart: [String]
  /// A phase that is not there.
  var without: String?
  /// The report has this word.
  var says: String?

  var testDescription: String { "\(name): \(why)" }

  init(
    _ name: String, why: String, figures: [String: Int], longest: [String: ClosedRange<Double>] = [:],
    leastWait: Double = 0, environments: Int? = nil, outcomes: [String]? = nil, lengths: [Int]? = nil,
    apart: [String] = [], without: String? = nil, says: String? = nil
  ) {
    self.name = name
    self.why = why
    self.figures = figures
    self.longest = longest
    self.leastWait = leastWait
    self.environments = environments
    self.outcomes = outcomes
    self.lengths = lengths
    self.apart = apart
    self.without = without
    self.says = says
  }
}

extension LogExpectation {
  static let all = [
    LogExpectation(
      "timeout-after-report.log",
      why: "until 2022 the timeout line came after REPORT; it belongs to its request id wherever it stands",
      figures: ["requests": 1, "timeouts": 1, "successes": 0]),
    LogExpectation(
      "timeout-then-retry-same-id.log",
      why: "the first attempt timed out, Lambda's retry with the same id went well",
      figures: ["requests": 2, "timeouts": 1, "successes": 1], outcomes: ["timeout", "success"]),
    LogExpectation(
      "killed-after-report.log",
      why: "memory used = memory size, killed: an error, with a finding that says out of memory",
      figures: ["requests": 1, "errors": 1, "successes": 0], says: "memory"),
    LogExpectation(
      "init-ahead-of-requests.log",
      why:
        "init ran three minutes before the request came: nobody waited for it, it is no cold start for the caller; the init itself is counted and shown",
      figures: ["requests": 1, "coldStarts": 0, "initializedAhead": 1], longest: ["warmWaitMs": 0...60]),
    LogExpectation(
      "reinit-first-init-outside.log",
      why:
        "REPORT's Duration has 800 ms more than START to END: a re-init inside the invocation, though the first init lies before the log",
      figures: ["requests": 2, "errors": 1, "reinits": 1], leastWait: 870),
    LogExpectation(
      "crash-then-reinit.log",
      why:
        "the re-init's wait is 880 ms, init and invocation, and the environment was idle, not in a reset of 5 s",
      figures: ["requests": 2, "errors": 1, "coldStarts": 1, "reinits": 1], leastWait: 870),
    LogExpectation(
      "init-timeout-untimed.log",
      why:
        "the first init timed out and ran again inside the invocation: the request's first init, so a cold start, and the wait is the whole invocation",
      figures: ["requests": 1, "coldStarts": 1, "reinits": 0], leastWait: 4300),
    LogExpectation(
      "node-exception.log", why: "Node's own line of a handler exception",
      figures: ["requests": 1, "errors": 1, "successes": 0], says: "TypeError"),
    LogExpectation(
      "python-exception.log", why: "Python's own line of a handler exception",
      figures: ["requests": 1, "errors": 1, "successes": 0], says: "ValueError"),
    LogExpectation(
      "rie-2022.log", why: "RIE before mid-2023 prints no INIT START; base images still carry it",
      figures: ["requests": 1, "unanswered": 0, "successes": 1], longest: ["durationMs": 47.7...48.7],
      environments: 1),
    LogExpectation(
      "rie-2021-logfmt.log", why: "RIE of 2021, logfmt",
      figures: ["requests": 1, "unanswered": 0, "successes": 1], longest: ["durationMs": 47.7...48.7],
      environments: 1),
    LogExpectation(
      "end-without-report.log", why: "END ends the invocation where there is no REPORT",
      figures: ["requests": 2], lengths: [700, 100]),
    LogExpectation(
      "newest-first.log",
      why: "newest first, as some tools print it: figures as in ascending order, no negative mean",
      figures: ["requests": 2]),
    LogExpectation(
      "out-of-memory-untimed.log",
      why: "REPORT with used = size is a REPORT; the line before it is the failure",
      figures: ["requests": 1, "errors": 1], says: "memory"),
    LogExpectation(
      "console-download.csv",
      why: "CloudWatch console, Download search results (CSV): timestamp,message, quoted, several lines",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "console-copy-table.log", why: "CloudWatch console, Copy search results (ASCII)",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "console-paste.log",
      why: "selected and pasted from the console: a bar, local time with zone, tabs lost",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "report-over-lines.log", why: "REPORT broken over lines by the clipboard",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "compose-prefix-rie.log",
      why:
        "docker compose logs puts the service before each line: as without it (captures/rie/cold-3warm-info.log)",
      figures: ["requests": 4, "coldStarts": 1], without: "extensionInit"),
    LogExpectation(
      "github-actions-prefix-tail.log", why: "a log of GitHub Actions: its own time before each line",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "sls-logs.log", why: "serverless logs (sls logs): local time with zone in brackets, tabs lost",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "ndjson-timestamp-message.jsonl",
      why: "one JSON object a line with timestamp and message, as log shippers write it",
      figures: ["requests": 1, "coldStarts": 1], longest: ["durationMs": 87.5...88.5]),
    LogExpectation(
      "utf16.log", why: "PowerShell's > writes UTF-16 with a byte order mark: read", figures: ["requests": 2]),
    LogExpectation(
      "bom.jsonl", why: "a recording with a byte order mark: read (demos/cold-start-and-reuse.jsonl)",
      figures: ["requests": 4]),
    LogExpectation(
      "bom-tail.log", why: "the first line must not be lost to the byte order mark",
      figures: ["requests": 1, "coldStarts": 1]),
    LogExpectation(
      "restore-then-start.log",
      why:
        "the restore was over before START: stamps are when lines were written, lengths are true; the caller waited restore and invocation, 650 ms",
      figures: ["requests": 1, "coldStarts": 1], longest: ["coldWaitMs": 642...658],
      apart: ["restore", "invoke"]),
    LogExpectation(
      "report-tells-init.jsonl",
      why: "REPORT tells the init though no initStart came: a cold start, with its length",
      figures: ["requests": 1, "coldStarts": 1], longest: ["initMs": 699.75...700.75]),
    LogExpectation(
      "report-alone.log", why: "the same from a lone REPORT line", figures: ["requests": 1, "coldStarts": 1],
      longest: ["initMs": 699.75...700.75]),
    LogExpectation(
      "failed-first-init.log",
      why: "the first init failed and was tried again in the invocation: a cold start, as simulate counts it",
      figures: ["requests": 1, "errors": 1, "coldStarts": 1, "reinits": 0]),
    LogExpectation(
      "json-over-lines-first.log", why: "the function's own indented JSON stands before START",
      figures: ["requests": 1]),
    LogExpectation(
      "console-paste-with-copy.log",
      why: "pasted from the console with each line's Copy: the doubles are not a second environment",
      figures: ["requests": 1, "coldStarts": 1], environments: 1),
    LogExpectation(
      "whole-seconds.log",
      why:
        "times of whole seconds (aws logs tail --format short): init before invoke, nothing frozen inside it, the wait 10,316 ms",
      figures: ["requests": 1, "coldStarts": 1], longest: ["coldWaitMs": 10314.3...10318.3],
      apart: ["init", "invoke", "frozen"]),
    LogExpectation(
      "retry-untimed.log", why: "Lambda tried the event again with the same id: two requests, one a retry",
      figures: ["requests": 2, "retries": 1]),
    LogExpectation(
      "rounding-at-start.log",
      why:
        "START is rounded to the millisecond, init ends 0.61 ms later: nothing is frozen inside the invocation",
      figures: ["requests": 1, "coldStarts": 1], apart: ["init", "invoke", "frozen"]),
    LogExpectation(
      "telemetry-pretty.json", why: "a Telemetry batch, indented by jq: read",
      figures: ["requests": 1, "coldStarts": 1], longest: ["initMs": 699.75...700.75]),
  ]
}
