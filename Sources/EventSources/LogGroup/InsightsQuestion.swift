internal import LambdaLifecycle

/// A question to CloudWatch Logs Insights about a stretch of time. Messages are read, no discovered fields:
/// those are not there in the class Infrequent Access, and others in logs that are JSON.
enum InsightsQuestion: Equatable, Sendable {
  /// The number of requests of each log group, and their outcomes: counted by the engine, a row a group.
  case counts
  /// The lines about inits, and the REPORTs of the requests that came after them.
  case inits
  /// The first REPORT of each log stream.
  case firstReports

  /// No answer has more rows (StartQuery, `limit`).
  static let mostRows = 10_000
  /// A query takes no more log groups (StartQuery, `logGroupNames`).
  static let mostGroups = 50
  /// AWS runs 30 at a time in an account: the user's dashboards need some of them.
  static let atOnce = 4

  /// The query, for the events of a stretch whose end does not belong to it: AWS's own limits are whole
  /// seconds, both inclusive, so that two stretches that meet would count some events twice.
  func text(_ stretch: Range<Timestamp>) -> String {
    let millisecond = Nanoseconds.milliseconds(1)
    let within =
      "filter toMillis(@timestamp) >= \(stretch.lowerBound / millisecond)"
      + " and toMillis(@timestamp) < \(stretch.upperBound / millisecond)"
    return ([within] + commands).joined(separator: "\n| ")
  }

  private static let report =
    #"(@message like /^REPORT RequestId: / or @message like /"type": *"platform.report"/)"#

  private var commands: [String] {
    switch self {
    case .counts:
      [
        "filter \(Self.report)",
        "fields \(Self.has("Status: timeout", #""status":"timeout""#)) as hasTimeout"
          + ", \(Self.has("Status: error", #""status":"error""#)) as hasError"
          + ", \(Self.has("Status: failure", #""status":"failure""#)) as hasFailure"
          + ", \(Self.has("Init Duration: ", #""initDurationMs""#, "Restore Duration: ", #""restoreDurationMs""#)) as hasInit",
        "stats count(*) as requests, sum(hasTimeout) as timeouts, sum(hasError) as errors, sum(hasFailure) as failures"
          + ", sum(hasInit) as inits by @log",
        "limit \(Self.mostRows)",
      ]
    case .inits:
      [
        "filter @message like /^(INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT) /"
          + #" or @message like /^REPORT RequestId: .*(Init|Restore) Duration: /"#
          + #" or @message like /"type": *"platform.(init|restore)(Start|RuntimeDone|Report)"/"#
          + #" or (@message like /"type": *"platform.report"/ and @message like /"(init|restore)DurationMs"/)"#,
        "fields @timestamp, @log, @logStream, @message",
        "sort @timestamp asc",
        "limit \(Self.mostRows)",
      ]
    case .firstReports:
      [
        "filter \(Self.report)",
        "stats earliest(@timestamp) as firstTime, earliest(@message) as firstMessage by @log, @logStream",
        "limit \(Self.mostRows)",
      ]
    }
  }

  /// 1 for a message with one of these texts in it, as Lambda writes them in text or in JSON, else 0.
  private static func has(_ texts: String...) -> String {
    texts.map { "strcontains(@message, '\($0)')" }.joined(separator: " + ")
  }

  /// The arguments of `aws` that begin the query.
  func words(_ access: LogGroup, _ names: [String], _ stretch: Range<Timestamp>) -> [String] {
    let second = Nanoseconds.seconds(1)
    return access.words("start-query") + [
      "--start-time", "\(stretch.lowerBound / second)", "--end-time",
      "\((stretch.upperBound + second - 1) / second)",
      "--query-string", text(stretch), "--log-group-names",
    ] + names
  }
}

extension Range<Timestamp> {
  /// Parts of about the same length, each of whole milliseconds, that meet.
  func parts(_ count: Int) -> [Range<Timestamp>] {
    let millisecond = Nanoseconds.milliseconds(1)
    let length = (upperBound - lowerBound) / Int64(Swift.max(1, count)) / millisecond * millisecond
    guard length > 0 else { return [self] }
    let edges = (0..<Int64(count)).map { lowerBound + $0 * length } + [upperBound]
    return zip(edges, edges.dropFirst()).map { $0..<$1 }
  }
}
