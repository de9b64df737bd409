internal import LambdaEventFormats
internal import LambdaLifecycle

/// One row for each span and one for each request, as CSV (RFC 4180) or as one JSON object.
package struct SpanTable {
  private let selection: ExportSelection

  package init(_ selection: ExportSelection) { self.selection = selection }

  /// A value of a row; an unknown one is empty in CSV and left out in JSON.
  private enum Value {
    case text(String)
    case number(Int64)
    case milliseconds(Nanoseconds)
    case flag(Bool)
    case unknown
  }

  private typealias Row = [(key: StaticString, value: Value)]

  /// The columns of CSV, in order; a row of a span and a row of a request fill their own.
  private static let columns: [StaticString] = [
    "row", "environment", "function", "requestId", "phase", "extension", "start", "end", "durationMs",
    "observed",
    "outcome", "errorType", "startKind", "waitMs", "billedMs", "memoryMB", "throttled",
    "throttleReason",
  ]

  package func csv() -> [UInt8] {
    var text = Self.columns.map { "\($0)" }.joined(separator: ",") + "\r\n"
    for row in spans + requests {
      text += Self.columns.map { column in
        row.first { "\($0.key)" == "\(column)" }.map { Self.field($0.value) } ?? ""
      }.joined(separator: ",")
      text += "\r\n"
    }
    return Array(text.utf8)
  }

  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    func add(_ object: inout JSONLine, _ row: Row) {
      for (key, value) in row where "\(key)" != "row" {
        switch value {
        case .text(let text): object.add(key, text)
        case .number(let number): object.add(key, number)
        case .milliseconds(let length): object.add(key, number: Self.milliseconds(length))
        case .flag(let flag): object.add(key, flag)
        case .unknown: break
        }
      }
    }
    line.add("spans", objects: spans, add)
    line.add("requests", objects: requests, add)
    line.finish(into: &bytes)
    return bytes
  }

  private var spans: [Row] {
    selection.tracks.flatMap { track in
      selection.spans(of: track).map { span -> Row in
        [
          ("row", .text("span")), ("environment", .text(selection.catalog.text(track.id))),
          ("function", name(selection.catalog.function(of: track.id))),
          ("requestId", request(span.request)), ("phase", .text(span.phase.wireName)),
          ("extension", name(span.extensionName)), ("start", .text(CalendarDate.text(span.start))),
          ("end", span.end.map { .text(CalendarDate.text($0)) } ?? .unknown),
          ("durationMs", span.end.map { .milliseconds($0 &- span.start) } ?? .unknown),
          ("observed", .flag(span.isObserved)),
          ("outcome", span.outcome == .none ? .unknown : .text(span.outcome.wireName)),
          ("errorType", name(span.errorType)),
        ]
      }
    }
  }

  private var requests: [Row] {
    selection.requests.map { place -> Row in
      let request = selection.timeline.requests[place]
      let environment = request.environment
      let isPlaced = environment != .none
      return [
        ("row", .text("request")),
        ("environment", isPlaced ? .text(selection.catalog.text(environment)) : .unknown),
        ("function", name(isPlaced ? selection.catalog.function(of: environment) : request.function)),
        ("requestId", self.request(request.id)), ("start", .text(CalendarDate.text(request.arrival))),
        ("end", request.answered == .never ? .unknown : .text(CalendarDate.text(request.answered))),
        ("durationMs", request.duration < 0 ? .unknown : .milliseconds(request.duration)),
        ("outcome", request.outcome == .none ? .unknown : .text(request.outcome.wireName)),
        ("errorType", name(request.errorType)),
        ("startKind", request.isThrottled ? .unknown : .text("\(request.start)")),
        ("waitMs", request.wait.map { .milliseconds($0) } ?? .unknown),
        ("billedMs", request.billedMs < 0 ? .unknown : .number(Int64(request.billedMs))),
        ("memoryMB", request.memoryMB < 0 ? .unknown : .number(Int64(request.memoryMB))),
        ("throttled", .flag(request.isThrottled)), ("throttleReason", name(request.throttleReason)),
      ]
    }
  }

  private func name(_ name: Name) -> Value {
    let text = selection.catalog.text(name)
    return text.isEmpty ? .unknown : .text(text)
  }

  private func request(_ id: RequestID) -> Value {
    let text = selection.catalog.text(id)
    return text.isEmpty ? .unknown : .text(text)
  }

  private static func field(_ value: Value) -> String {
    switch value {
    case .text(let text): return field(text)
    case .number(let number): return "\(number)"
    case .milliseconds(let length): return milliseconds(length)
    case .flag(let flag): return flag ? "true" : "false"
    case .unknown: return ""
    }
  }

  /// A text, in quotes where it needs them. A spreadsheet takes one that begins with these for a formula (OWASP, CSV injection).
  private static func field(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    var field = isFormula ? "'" : ""
    for scalar in text.unicodeScalars {
      field += scalar.actsOnReader ? scalar.escaped(asASCII: true) : scalar == "\"" ? "\"\"" : String(scalar)
    }
    return field.unicodeScalars.contains { $0 == "," || $0 == "\"" } ? "\"\(field)\"" : field
  }

  /// All six decimals, so that nothing is lost.
  private static func milliseconds(_ length: Nanoseconds) -> String {
    let (whole, rest) = length.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let digits = "\(rest)"
    return (length < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 6 - digits.utf8.count)
      + digits
  }
}
