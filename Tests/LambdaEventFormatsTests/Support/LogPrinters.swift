/// A log as tools, clipboards and downloads print it.
extension PrintedLog {
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
      "table without outer bars", { $0.lines { time, _, flat in "\(time) | \(flat)\n" } }
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
    (
      "text of a query with streams",
      { $0.lines { time, message, _ in "\(time)\t\(logStream)\t\(message)\n" } }
    ),
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
      "strings with times and streams",
      { "[" + $0.lines { time, message, _ in "[\(json(message)),\"\(logStream)\",\(time)]," } + "]\n" }
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
