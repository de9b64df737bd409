/// The formats that a session can be exported in.
package enum ExportFormat: String, CaseIterable, Sendable {
  case svg, trace, otlp, cast, csv, json, txt

  /// It shows the screen as a terminal would.
  package var isScreen: Bool { self == .cast || self == .txt }

  /// Its purpose, in a few words.
  package var title: String {
    switch self {
    case .svg: "a picture for a document or a slide"
    case .trace: "Chrome trace events, which Perfetto opens"
    case .otlp: "OpenTelemetry traces, one JSON line for each batch (OTLP/JSON)"
    case .cast: "a playback for asciinema (asciicast v2)"
    case .csv: "a row for each span and for each request"
    case .json: "the same as one JSON object"
    case .txt: "the screen as text"
    }
  }
}
