import Foundation
import TestSupport
import Testing

/// A program `aws` that answers with files written before, by the names of the operations; the questions to
/// it are kept.
struct StubAWS {
  private let scratch: Scratch

  /// - Parameter cases: of a shell's `case "$2" in`, before those that answer with files: `NAME.json` for an operation, for
  ///   queries `counts.json` and `inits.json`.
  init(cases: String = "") throws {
    scratch = try Scratch()
    let script = try scratch.write(
      #"""
      #!/bin/sh
      cd "$(dirname "$0")"
      printf '%s\n' "$*" >>calls
      for last do :; done
      once() { mkdir "once-$1" 2>/dev/null; }
      case "$2" in
      \#(cases)
      start-query) case "$*" in
        *stats*) echo '{"queryId": "counts"}' ;;
        *) echo '{"queryId": "inits"}' ;;
        esac ;;
      get-query-results) cat "$last.json" ;;
      *) cat "$2.json" ;;
      esac
      """#.utf8, to: "aws")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
  }

  func answer(_ name: String, _ text: String) throws { try scratch.write(text.utf8, to: "\(name).json") }

  /// Everything that it was asked.
  var calls: String { get throws { try scratch.text("calls") } }

  var path: String { "\(scratch.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")" }

  /// Runs lanes without a terminal, with this `aws`.
  func lanes(_ arguments: String...) async throws -> Ending {
    try await run(try Peer.lanes.required(), arguments, environment: ["PATH": path])
  }
}

/// The log of an account: two functions, whose lines can be given as CloudWatch Logs and Insights give them.
enum AccountLog {
  struct Event {
    var group: String
    var stream: String
    var milliseconds: Int
    var message: String

    /// Insights would be asked for it when it looks for inits.
    var tellsInit: Bool { message.contains("INIT_") || message.contains("Init Duration") }
  }

  /// An hour ago.
  static let start = Int(Date().timeIntervalSince1970 - 3_600) * 1_000

  private static let initStart = "INIT_START Runtime Version: python:3.12.v1\tRuntime Version ARN: arn:x\n"

  private static func request(
    _ group: String, _ stream: String, at begin: Int, _ length: Int, end: String = ""
  ) -> [Event] {
    let id = UUID().uuidString.lowercased()
    let report =
      "REPORT RequestId: \(id)\tDuration: \(length).00 ms\tBilled Duration: \(length) ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t\(end)"
    return [
      Event(
        group: group, stream: stream, milliseconds: begin, message: "START RequestId: \(id) Version: 1\n"),
      Event(group: group, stream: stream, milliseconds: begin + length, message: "END RequestId: \(id)\n"),
      Event(group: group, stream: stream, milliseconds: begin + length, message: report + "\n"),
    ]
  }

  private static func cold(
    _ group: String, _ stream: String, at begin: Int, init length: Int, rest: Int = 0, _ duration: Int,
    end: String = ""
  ) -> [Event] {
    return [Event(group: group, stream: stream, milliseconds: begin, message: initStart)]
      + request(
        group, stream, at: begin + length + rest, duration, end: "Init Duration: \(length).00 ms\t" + end)
  }

  /// `quick`: a cold start, an init that ran ahead, three warm requests. `heavy`: two cold starts, one of which times out, a
  /// crash. `idle` has nothing.
  static let events =
    cold("quick", "[$LATEST]a", at: 0, init: 200, 50) + request("quick", "[$LATEST]a", at: 1_000, 10)
    + request("quick", "[$LATEST]a", at: 2_000, 10)
    + cold("quick", "[$LATEST]b", at: 3_000, init: 300, rest: 5_000, 20)
    + request("quick", "[$LATEST]b", at: 9_000, 10) + cold("heavy", "[$LATEST]c", at: 100, init: 1_500, 400)
    + cold("heavy", "[$LATEST]d", at: 5_000, init: 1_000, 3_000, end: "Status: timeout")
    + request("heavy", "[$LATEST]c", at: 7_000, 30, end: "Status: error\tError Type: Runtime.ExitError")

  /// The events that Insights must find by another way: a first init that fails and runs again inside the
  /// invocation, a snapshot that is restored, a log in JSON.
  static let others =
    [
      Event(group: "failing", stream: "e", milliseconds: 0, message: initStart),
      Event(
        group: "failing", stream: "e", milliseconds: 10_000,
        message: "INIT_REPORT Init Duration: 10000.01 ms\tPhase: init\tStatus: timeout\n"),
      Event(
        group: "snap", stream: "f", milliseconds: 0,
        message: "RESTORE_START Runtime Version: java:21.v1\tRuntime Version ARN: arn:x\n"),
      Event(
        group: "snap", stream: "f", milliseconds: 500, message: "RESTORE_REPORT Restore Duration: 500.00 ms\n"
      ),
    ] + request("failing", "e", at: 10_050, 3_000) + request("failing", "e", at: 20_000, 5)
    + request("snap", "f", at: 500, 60, end: "Restore Duration: 500.00 ms\tBilled Restore Duration: 300 ms\t")
    + json(
      "json", "g", at: 0, "initStart",
      #""initializationType":"on-demand","phase":"init","functionName":"json""#)
    + jsonRequest("json", "g", at: 400, 30, metrics: #","initDurationMs":400.0"#)
    + jsonRequest("json", "g", at: 1_000, 3_000, status: "timeout")

  private static func json(
    _ group: String, _ stream: String, at begin: Int, _ type: String, _ record: String
  ) -> [Event] {
    let time = ISO8601DateFormatter()
    time.formatOptions.insert(.withFractionalSeconds)
    let moment = time.string(from: Date(timeIntervalSince1970: Double(start + begin) / 1_000))
    let message = #"{"time":"\#(moment)","type":"platform.\#(type)","record":{\#(record)}}"#
    return [Event(group: group, stream: stream, milliseconds: begin, message: message)]
  }

  private static func jsonRequest(
    _ group: String, _ stream: String, at begin: Int, _ length: Int, metrics: String = "",
    status: String = "success"
  ) -> [Event] {
    let id = #""requestId":"\#(UUID().uuidString.lowercased())""#
    let lengths =
      #""durationMs":\#(length).0,"billedDurationMs":\#(length),"memorySizeMB":128,"maxMemoryUsedMB":40"#
    return json(group, stream, at: begin, "start", id + #","version":"$LATEST""#)
      + json(
        group, stream, at: begin + length, "report",
        id + #","metrics":{\#(lengths)\#(metrics)},"status":"\#(status)""#)
  }

  /// All of it, for `Fixtures/insights.py`.
  static var account: Data {
    get throws {
      let told = (events + others).map { event in
        [
          "group": "/aws/lambda/\(event.group)", "stream": event.stream,
          "milliseconds": start + event.milliseconds,
          "message": event.message,
        ] as [String: Any]
      }
      return try JSONSerialization.data(withJSONObject: told)
    }
  }

  static let groups = #"""
    {"logGroups": [
      {"logGroupName": "/aws/lambda/heavy", "creationTime": 0, "storedBytes": 53687091200, "logGroupClass": "STANDARD"},
      {"logGroupName": "/aws/lambda/idle", "creationTime": 0, "storedBytes": 0, "logGroupClass": "STANDARD"},
      {"logGroupName": "/aws/lambda/quick", "creationTime": 0, "retentionInDays": 7, "storedBytes": 1073741824}]}
    """#

  /// As `aws logs filter-log-events` gives those of a function.
  static func events(of group: String) throws -> String {
    let told = events.filter { $0.group == group }.enumerated().map { place, event in
      [
        "logStreamName": event.stream, "timestamp": start + event.milliseconds, "message": event.message,
        "ingestionTime": start, "eventId": "\(place)",
      ] as [String: Any]
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: ["events": told]), as: UTF8.self)
  }

  /// As `aws logs get-query-results` gives rows.
  static func results(_ rows: [[String: String]], status: String = "Complete") throws -> String {
    let told = rows.map { row in row.map { ["field": $0.key, "value": $0.value] } }
    let document: [String: Any] = [
      "results": told, "status": status, "statistics": ["bytesScanned": 1_073_741_824.0],
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
  }

  /// The rows that Insights would have for the lines about inits.
  static func inits(_ isWanted: (Event) -> Bool = { _ in true }) -> [[String: String]] {
    let date = DateFormatter()
    date.timeZone = TimeZone(identifier: "UTC")
    date.locale = Locale(identifier: "en_US_POSIX")
    date.dateFormat = "yyyy-MM-dd HH:mm:ss.SSS"
    return events.filter { $0.tellsInit && isWanted($0) }.sorted { $0.milliseconds < $1.milliseconds }.map {
      event in
      let time = Date(timeIntervalSince1970: Double(start + event.milliseconds) / 1_000)
      return [
        "@timestamp": date.string(from: time), "@log": "123456789012:/aws/lambda/\(event.group)",
        "@logStream": event.stream, "@message": event.message, "@ptr": "x",
      ]
    }
  }

  static let counts = [
    [
      "@log": "123456789012:/aws/lambda/quick", "requests": "5", "timeouts": "0", "errors": "0",
      "failures": "0", "inits": "2",
    ],
    [
      "@log": "123456789012:/aws/lambda/heavy", "requests": "3", "timeouts": "1", "errors": "1",
      "failures": "0", "inits": "2",
    ],
  ]
}
