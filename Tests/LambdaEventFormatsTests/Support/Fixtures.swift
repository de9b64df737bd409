import Foundation
import LambdaEventFormats
import LambdaLifecycle
import Testing

/// The captures beside the tests.
enum Fixture {
  static let rie = [
    "cold-3warm-debug", "cold-3warm-info", "concurrent-info", "errors-debug", "ext-ignores-shutdown-info",
    "extension-debug",
    "extension-info", "handler-crash-info", "handler-raises-info", "import-times", "init-exception-info",
    "sigterm-idle-info",
    "timeout2s-info",
  ]

  static let cloudWatch = [
    "tail-detailed.log", "tail-colour.log", "tail-short.log", "tail-json-of-text.log", "sam-text.log",
    "sam-json.jsonl", "filter-log-events.json", "filter-log-events-compact.json", "get-log-events.json",
    "live-tail.log", "export.log", "console-copy.txt", "old-style.log", "old-style-sam-colour.log",
    "json-info-tail.log", "json-info-sam.log", "json-debug-tail.log", "json-debug-live-tail.log",
    "text-with-telemetry.log", "localstack.log", "log-result.log",
  ]

  static func bytes(_ path: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/" + path)
    return try Array(Data(contentsOf: url))
  }

  static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// A capture with the times at which its pieces arrived.
  static func timed(_ name: String, in directory: String = "rie") throws -> [Piece] {
    try text("\(directory)/\(name).timed.jsonl").split(separator: "\n").map { line in
      let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let seconds = try #require(fields["t"] as? Double)
      let stream = fields["s"] as? String
      return Piece(
        arrival: Timestamp((seconds * 1_000_000).rounded()) * 1_000,
        stream: stream == "stdout" ? .stdout : stream == "stderr" ? .stderr : nil,
        bytes: Array(try #require(fields["b"] as? String).utf8))
    }
  }

  /// The bodies that an extension received.
  static func telemetryBodies() throws -> [String] {
    try text("telemetry/managed-instances-batches.jsonl").split(separator: "\n").map { line in
      let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return try #require(fields["body"] as? String)
    }
  }

  struct Piece {
    var arrival: Timestamp
    var stream: LambdaEventFormats.OutputStream?
    var bytes: [UInt8]
  }
}

/// The log of a stream in that format.
func decode(
  _ bytes: [UInt8], as format: StreamFormat? = nil, arrival: Timestamp? = nil
) -> EventLog {
  var log = EventLog()
  var reader = StreamReader(format: format)
  bytes.withUnsafeBytes { reader.read($0, stream: nil, arrival: arrival, into: &log) }
  reader.finish(into: &log)
  return log
}

func decode(_ text: String, as format: StreamFormat? = nil) -> EventLog {
  decode(Array(text.utf8), as: format)
}

extension EventLog {
  /// Reasons and texts of the lines that were not understood.
  var undecodable: [(reason: String, text: String)] {
    events.compactMap {
      guard case .undecodable(let reason, let range) = $0.kind else { return nil }
      return (catalog.text(reason), text.text(range) ?? "")
    }
  }
}
