import Foundation
import Testing

/// A log as the messages of CloudWatch, to be printed as tools print it.
struct PrintedLog {
  struct Event {
    /// Milliseconds since 1970.
    var time: Int64
    /// With its line end.
    var message: String
  }

  static let logStream = "2026/07/09/[$LATEST]4f0c3c1bd3f64a4fa8a0d6a1f24a5b61"

  var events: [Event]

  /// The session of `get-log-events.json`.
  static func session() throws -> PrintedLog {
    let json = try JSONSerialization.jsonObject(
      with: Data(try Fixture.bytes("CloudWatch/get-log-events.json")))
    let events = try #require((json as? [String: Any])?["events"] as? [[String: Any]])
    return PrintedLog(
      events: try events.map {
        Event(
          time: try #require($0["timestamp"] as? Int64), message: try #require($0["message"] as? String))
      })
  }

  /// Calls `body` with each event: its time, its message, its message on one line with spaces.
  func lines(_ body: (_ time: Int64, _ message: String, _ flat: String) -> String) -> String {
    events.map { event in
      let flat = event.message.replacing("\t", with: " ").replacing("\n", with: " ")
      return body(event.time, event.message, flat)
    }.joined()
  }

  static func text(_ time: Int64, _ format: String, zone: Int = 0) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: zone)
    formatter.dateFormat = format
    return formatter.string(from: Date(timeIntervalSince1970: Double(time / 1_000))).replacing(
      "FFF", with: String(1_000 + time % 1_000).dropFirst())
  }

  static func trimmed(_ text: String) -> String {
    var text = text
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  private static func json(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "\n", with: "\\n")
    return "\"" + escaped.replacing("\t", with: "\\t").replacing("\r", with: "\\r") + "\""
  }

  private static func iso(_ time: Int64) -> String { text(time, "yyyy-MM-dd'T'HH:mm:ss.'FFF'") + "Z" }
  private static func spaced(_ time: Int64) -> String { text(time, "yyyy-MM-dd HH:mm:ss.'FFF'") }
  private static func local(_ time: Int64) -> String {
    text(time, "yyyy-MM-dd'T'HH:mm:ss.'FFF'", zone: -18_000) + "-05:00"
  }

  /// Every envelope that keeps milliseconds: its name, and how it prints a log.
  static let printers: [(name: String, print: @Sendable (PrintedLog) -> String)] = [
    (
      "console CSV",
      { "timestamp,message\n" + $0.lines { time, message, _ in "\(time),\(quoted(message))\n" } }
    ),
    (
      "console CSV with other columns and letters",
      { log in
        "`Message;TIMESTAMP;x\n"
          + log.lines { time, message, _ in "\"\(message.replacing("\"", with: "\"\""))\";\(time);1\n" }
      }
    ),
    (
      "Insights CSV",
      { log in
        "@logStream,@timestamp,@message,@log\n"
          + log.lines { time, message, _ in
            "\(logStream),\(spaced(time)),\(quoted(message)),1:/aws/lambda/orders\n"
          }
      }
    ),
    (
      "console ASCII table",
      { log in
        "------------\n|   timestamp   |     message    |\n|---------------|--------|\n"
          + log.lines { time, _, flat in "| \(time) | \(flat)    |\n" } + "------------\n"
      }
    ),
    (
      "table without outer bars", { $0.lines { time, _, flat in " \(time) | \(flat)\n" } }
    ),
    (
      "Insights Markdown",
      { log in
        """
        **CloudWatch Logs Insights**\u{20}\u{20}
        region: us-east-1\u{20}\u{20}
        query-string:
        ```
        fields @timestamp, @message
        | sort @timestamp desc
        ```
        ---
        | @timestamp | @message | @requestId |
        | --- | --- | --- |

        """ + log.lines { time, _, flat in "| \(spaced(time)) | \(flat) | abc |\n" }
      }
    ),
    ("Insights rows alone", { $0.lines { time, _, flat in "| \(spaced(time)) | \(flat) |\n" } }),
    (
      "CLI table",
      { log in
        "-----\n|  GetLogEvents  |\n+----+----+\n|| ingestionTime |  message  |  timestamp  ||\n|+---+---+---+|\n"
          + log.lines { time, message, _ in "||  \(time + 9)  |  \(message)            |  \(time)  ||\n" }
          + "|+---+---+---+|\n"
      }
    ),
    (
      "console rows, collapsed",
      { log in
        "Timestamp\n\t\nMessage\n\nNo older events at this moment. \nRetry\n"
          + log.lines { time, _, flat in "\(local(time))\n\(flat)\n" }
          + "No newer events at this moment. Auto retry paused. Resume\n"
      }
    ),
    (
      "console rows, expanded",
      { $0.lines { time, message, flat in "\(local(time))\n\(message)\n\(flat)\n" } }
    ),
    (
      "console rows with Copy",
      { $0.lines { time, message, flat in "\(iso(time))\n\(message)\nCopy\n\(flat)\n\n" } }
    ),
    (
      "console rows of the old page",
      { $0.lines { time, _, flat in "▶ \(text(time, "HH:mm:ss.'FFF'"))\n\(flat)\n" } }
    ),
    (
      "GitHub's table",
      { log in
        let rows = log.lines { time, _, flat in "  | \(local(time)) | \(flat)\n" }.dropFirst(4)
        let end = rows.firstIndex(of: "\n") ?? rows.startIndex
        return rows[..<end] + "\n-- | --" + rows[end...]
      }
    ),
    ("time of day", { $0.lines { time, message, _ in "\(text(time, "HH:mm:ss.'FFF'")) \(message)" } }),
    ("date and time", { $0.lines { time, message, _ in "\(spaced(time)) \(message)" } }),
    (
      "chalice",
      {
        $0.lines { time, message, _ in
          time % 1_000 == 0
            ? "\(text(time, "yyyy-MM-dd HH:mm:ss")) 4a5b61 \(message)"
            : "\(spaced(time))000 4a5b61 \(message)"
        }
      }
    ),
    (
      "serverless",
      {
        $0.lines { time, message, _ in
          "\(text(time, "yyyy-MM-dd HH:mm:ss.'FFF'", zone: 7_200)) (+02:00)\t\(message)"
        }
      }
    ),
    ("zappa", { $0.lines { time, message, _ in "[\(time)] \(message)" } }),
    ("text of a query", { $0.lines { time, message, _ in "\(time)\t\(message)\n" } }),
    ("text of a query, message first", { $0.lines { time, message, _ in "\(message)\t\(time)\n" } }),
    (
      "text of get-log-events",
      { "b/0\tf/7\n" + $0.lines { time, message, _ in "EVENTS\t\(time + 9)\t\(message)\t\(time)\n" } }
    ),
    (
      "text of filter-log-events",
      { log in
        log.lines { time, message, _ in "EVENTS\t\(time)7\t\(time + 9)\t\(logStream)\t\(message)\t\(time)\n" }
          + "SEARCHEDLOGSTREAMS\t\(logStream)\tTrue\n"
      }
    ),
    (
      "text of get-query-results",
      { log in
        "Complete\n"
          + log.lines { time, message, _ in
            "RESULTS\t@timestamp\t\(spaced(time))\nRESULTS\t@message\t\(message)\nRESULTS\t@ptr\t\(time)\n"
          } + "STATISTICS\t1.0\t2.0\t3.0\n"
      }
    ),
    (
      "awslogs",
      {
        $0.lines { time, message, _ in "/aws/lambda/orders    \(logStream) \(iso(time)) \(trimmed(message))\n"
        }
      }
    ),
    (
      "awslogs with both times",
      { $0.lines { time, message, _ in "\(logStream) \(iso(time)) \(iso(time + 9)) \(message)" } }
    ),
    ("saw", { $0.lines { time, message, _ in "[\(local(time))] (\(logStream)) \(message)" } }),
    (
      "cw",
      { $0.lines { time, message, _ in "\(iso(time)) - /aws/lambda/orders - \(logStream) - \(message)" } }
    ),
    (
      "JSON lines",
      {
        $0.lines { time, message, _ in
          "{\"level\":\"info\",\"timestamp\":\"\(local(time))\",\"message\":\(json(message)),\"tags\":{\"a\":[1]}}\n"
        }
      }
    ),
    (
      "JSON lines with other names",
      {
        $0.lines { time, message, _ in
          "{\"log_stream\":\"\(logStream)\",\"ts\":\"\(time)\",\"msg\":\(json(message))}\n"
        }
      }
    ),
    (
      "JSON lines of Fluent Bit",
      {
        $0.lines { time, message, _ in
          "{\"date\":\(time / 1_000).\(String(1_000 + time % 1_000).dropFirst()),\"log\":\(json(message))}\n"
        }
      }
    ),
    (
      "jq",
      {
        $0.lines { time, message, _ in "{\n  \"timestamp\": \(time),\n  \"message\": \(json(message))\n}\n" }
      }
    ),
    (
      "Insights JSON, time last",
      { log in
        "[\n"
          + log.lines { time, message, _ in
            """
                {
                    "@message": \(json(message)),
                    "@logStream": "\(logStream)",
                    "@timestamp": "\(spaced(time))"
                },

            """
          } + "]\n"
      }
    ),
    (
      "get-query-results",
      { log in
        "{\n \"results\": [\n"
          + log.lines { time, message, _ in
            """
              [
                { "field": "@timestamp", "value": "\(spaced(time))" },
                { "field": "@message", "value": \(json(message)) },
                { "field": "@ptr", "value": "\(time)" }
              ],

            """
          } + " ], \"status\": \"Complete\"\n}\n"
      }
    ),
    (
      "strings with times",
      {
        "[\n" + $0.lines { time, message, _ in "    [\n        \(time),\n        \(json(message))\n    ],\n" }
          + "]\n"
      }
    ),
    (
      "subscriptions",
      {
        $0.lines { time, message, _ in
          """
          {"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/aws/lambda/orders","logStream":"\(logStream)",\
          "subscriptionFilters":["f"],"logEvents":[{"id":"\(time)\(message.count)","timestamp":\(time),\
          "message":\(json(message))}]}
          """
        }
      }
    ),
  ]
}
