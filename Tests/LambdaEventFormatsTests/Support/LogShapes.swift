import Testing

/// Logs of CloudWatch in the shapes that they were found in: each has one request of 88 ms after an init of
/// 150 ms.
enum LogShapes {
  static let id = "00000001-0000-4000-8000-000000000001"
  static let stream = "2026/03/02/[$LATEST]00112233445566778899aabbccddeeff"
  static let start = "START RequestId: \(id) Version: $LATEST"
  static let end = "END RequestId: \(id)"
  static let report =
    "REPORT RequestId: \(id)\tDuration: 88.00 ms\tBilled Duration: 89 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB\t"
    + "Init Duration: 150.00 ms\t"
  static let flat = report.replacing("\t", with: " ")

  struct Shape: CustomTestStringConvertible {
    var name: String
    var text: String
    var outputs: [String] = []
    var testDescription: String { name }
  }

  static let all: [Shape] = [
    Shape(
      name: "CSV in Markdown, with a cell that needs no quotes",
      text: """
        ```csv
        timestamp,message
        1772438400000,"\(start)
        "
        1772438400020,just a normal line
        1772438400021,"{""a"": 1}
        two"
        1772438400088,"\(end)
        "
        1772438400088,"\(report)
        "
        ```
        """, outputs: ["just a normal line", "{\"a\": 1}", "two"]),
    Shape(
      name: "Insights CSV, newest first, all cells in quotes, with a byte order mark and CRLF",
      text: "\u{FEFF}\"@Timestamp\",\"@Message\"\r\n\"2026-03-02 08:00:00.088\",\"\(report)\n\"\r\n"
        + "\"2026-03-02 08:00:00.088\",\"\(end)\n\"\r\n\"2026-03-02 08:00:00.000\",\"\(start)\n\"\r\n"),
    Shape(
      name: "CSV without its head",
      text: "1772438400000,\"\(start)\n\"\n1772438400088,\"\(end)\n\"\n1772438400088,\(report)"),
    Shape(
      name: "a table whose messages hold bars",
      text: """
        | timestamp | message |
        |---|---|
        | 1772438400000 | \(start) |
        | 1772438400020 | ➔ |  Version: 3.14.0 | | |
        | 1772438400088 | \(end) |
        | 1772438400088 | \(flat)    |
        """, outputs: ["➔ |  Version: 3.14.0 | |"]),
    Shape(
      name: "rows of Insights with more columns and without their head",
      text: """
        | 2026-03-02 08:00:00.000 | \(start) | \(id) | START |
        | 2026-03-02 08:00:00.088 | \(end)  | \(id) | END |
        | 2026-03-02 08:00:00.088 | \(report)  | \(id) | REPORT |
        """),
    Shape(
      name: "a table of steampipe",
      text: """
        +----------------+-----------------+-----------+---------+
        | log_group_name | log_stream_name | timestamp | message |
        +----------------+-----------------+-----------+---------+
        | /aws/lambda/orders | \(stream) | 2026-03-02T08:00:00Z | \(start) |
        | /aws/lambda/orders | \(stream) | 2026-03-02T08:00:00.088Z | \(end) |
        | /aws/lambda/orders | \(stream) | 2026-03-02T08:00:00.088Z | \(report) |
        +----------------+-----------------+-----------+---------+
        """),
    Shape(
      name: "pasted rows whose messages begin with a time",
      text: """
        2026-02-03T17:36:55.000Z
        \(start)
        2026-02-03T17:36:55.050Z
        2026-02-03T17:36:55.050Z \(id) INFO === hi
        2026-02-03T17:36:55.088Z
        \(end)
        2026-02-03T17:36:55.088Z
        \(flat)
        """, outputs: ["2026-02-03T17:36:55.050Z \(id) INFO === hi"]),
    Shape(
      name: "opened rows, one with JSON and one with several lines",
      text: """
        2026-02-03T17:36:55.000Z
        \(start)

        \(start)
        2026-02-03T17:36:55.040Z
        {
            "level": "INFO",
            "tags": [1]
        }

        Copy
        {"level":"INFO","tags":[1]}
        2026-02-03T17:36:55.050Z
        Traceback:
        \u{A0}\u{A0}File "app.py"
        Copy
        Traceback:   File "app.py"
        2026-02-03T17:36:55.088Z
        \(end)
        2026-02-03T17:36:55.088Z
        \(report)

        \(flat)
        40 events loaded
        Back to top
        """, outputs: ["{\"level\":\"INFO\",\"tags\":[1]}", "Traceback:", "\u{A0}\u{A0}File \"app.py\""]),
    Shape(
      name: "time and message on a line, with the page around",
      text: "Timestamp \t\t\tMessage \n\t\t\tNo older events at this moment. Retry\n"
        + "2026-03-02T03:00:00.000-05:00\t\(start)\n\n2026-03-02T03:00:00.088-05:00\t\(end)\n\n"
        + "2026-03-02T03:00:00.088-05:00\t\(flat)\n\nNo newer events at this moment. Auto retry paused. Resume\n"
    ),
    Shape(
      name: "time of day with further lines",
      text:
        "16:36:11 \(start)\n16:36:11 one\ntwo\n16:36:11 \(end)\n16:36:11 \(report)\nXRAY TraceId: 1-6\tSegmentId: 2\n",
      outputs: ["one", "two"]),
    Shape(
      name: "time of day and a bar", text: "04:23:48 | \(start)\n04:23:48 | \(end)\n04:23:48 | \(flat)\n"),
    Shape(
      name: "cw without names",
      text:
        "2026-03-02T10:00:00 - \(start)\n\n2026-03-02T10:00:00 - \(end)\n\n2026-03-02T10:00:00 - \(report)\n\n"
    ),
    Shape(
      name: "cw with a stream and no time",
      text: "\(stream) - \(start)\n\n\(stream) - hi\n\n\(stream) - \(end)\n\n\(stream) - \(report)\n\n",
      outputs: ["hi"]),
    Shape(
      name: "awslogs without times",
      text: [start, "hi", end, report].map { "orders \(stream) \($0)\n" }.joined(), outputs: ["hi"]),
    Shape(
      name: "saw with JSON laid out",
      text: [start, "{\n  \"level\": \"INFO\"\n}", end, report].map {
        "[2026-03-02T10:00:00+02:00] (\(stream)) \($0)\n"
      }.joined(), outputs: ["{\"level\": \"INFO\"}"]),
    Shape(
      name: "serverless, version 1",
      text: "\(start)\n\n2026-03-02 10:00:00.020 (+02:00)\t\(id)\tINFO\thi\n\(end)\n\n\(report)\n\n\n",
      outputs: ["2026-03-02 10:00:00.020 (+02:00)\t\(id)\tINFO\thi"]),
    Shape(
      name: "serverless, version 3",
      text: "START\n2026-03-02 10:00:00.020\tINFO\thi\n\(end)\n"
        + "END Duration: 88.00 ms (init: 150.00 ms) Memory Used: 70 MB\n",
      outputs: ["2026-03-02 10:00:00.020\tINFO\thi"]),
    Shape(
      name: "serverless, version 4",
      text: """
        Logs Start Time: 2026-03-02 10:00:00
        START - \(id) - Version: $LATEST
        2026-03-02 10:00:00.510 - \(id) -\u{20}
        INFO\thi
        END - \(id)
        REPORT - \(id)
        Duration: 88.00 ms\tBilled Duration: 89 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB\tInit Duration: 150.00 ms\t
        """, outputs: ["INFO\thi"]),
    Shape(
      name: "Filebeat, laid out",
      text: [("00", start), ("88", end), ("88", report)].enumerated().map { place, event in
        """
        {
          "@timestamp": "2026-03-02T08:00:00.0\(event.0)Z",
          "@metadata": { "beat": "filebeat" },
          "message": "\(event.1.replacing("\t", with: "\\t"))\\n",
          "event": { "id": "\(place)" },
          "tags": ["a", { "b": 1 }]
        }

        """
      }.joined()),
    Shape(
      name: "an object as the message",
      text: """
        [
            {
                "@message": {
                    "time": "2026-03-02T08:00:00.088Z",
                    "type": "platform.report",
                    "record": {
                        "requestId": "\(id)",
                        "metrics": { "durationMs": 88, "billedDurationMs": 89, "memorySizeMB": 256, "maxMemoryUsedMB": 70,
                            "initDurationMs": 150 },
                        "spans": [ { "name": "responseLatency" } ],
                        "status": "success"
                    }
                },
                "@timestamp": "2026-03-02 08:00:00.088",
                "@logStream": "\(stream)"
            },
            {
                "@message": {"time":"2026-03-02T08:00:00.000Z","type":"platform.start","record":{"requestId":"\(id)"}},
                "@timestamp": "2026-03-02 08:00:00.000",
                "@logStream": "\(stream)"
            }
        ]
        """),
    Shape(
      name: "a function's JSON between",
      text:
        "\(start)\n{\n  \"timestamp\": \"2026-03-02T08:00:00Z\",\n  \"message\": \"x\"\n}\n[{\"a\":1}]\n{ \n\(end)\n\(report)\n",
      outputs: [
        "{\"timestamp\": \"2026-03-02T08:00:00Z\",\"message\": \"x\"}", "[{\"a\":1}]", "{",
      ]),
    Shape(
      name: "a REPORT wrapped within its fields",
      text:
        "\(start)\n\(end)\nREPORT RequestId: \(id) Duration: 88.00 ms Billed\nDuration: 89 ms Memory Size: 256 MB Max Memory\n"
        + "Used: 70 MB Init Duration: 150.00 ms\nhi\n", outputs: ["hi"]),
    Shape(
      name: "a REPORT whose last field is on the next line",
      text:
        "\(start)\n\(end)\n\(report.replacing("\tInit", with: "\nInit"))\nXRAY TraceId: 1-5\tSegmentId: 2\n"),
    Shape(
      name: "a REPORT over lines behind a time and a stream",
      text:
        "2026-03-02T08:00:00.000000+00:00 \(stream) \(start)\n2026-03-02T08:00:00.088000+00:00 \(stream) \(end)\n"
        + "2026-03-02T08:00:00.088000+00:00 \(stream) \(report.replacing("\t", with: "\n\n"))"),
    Shape(
      name: "messages of --output text",
      text: "INIT_START Runtime Version: a\n\t\(start)\n\thi\n\t\(end)\n\t\(report)\n", outputs: ["hi"]),
  ]
}
