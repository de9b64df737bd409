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

  static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  static func json(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "\n", with: "\\n")
    return "\"" + escaped.replacing("\t", with: "\\t").replacing("\r", with: "\\r") + "\""
  }

  static func iso(_ time: Int64) -> String { text(time, "yyyy-MM-dd'T'HH:mm:ss.'FFF'") + "Z" }
  static func spaced(_ time: Int64) -> String { text(time, "yyyy-MM-dd HH:mm:ss.'FFF'") }
  static func local(_ time: Int64) -> String {
    text(time, "yyyy-MM-dd'T'HH:mm:ss.'FFF'", zone: -18_000) + "-05:00"
  }
}
