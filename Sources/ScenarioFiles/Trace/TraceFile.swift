internal import LambdaLifecycle

/// Requests of a CSV file: a header line, then one request a line in ascending time.
///
/// The columns, in any order: `at`, in seconds; optionally `function`, and in seconds `duration`, `cold_duration`,
/// `init`.
struct TraceFile {
  let name: String
  /// The scenario's functions in their order.
  let functions: [String]
  /// The function of a row that names none; nil if every row must.
  let function: Int?

  enum Column: String, CaseIterable {
    case at, function, duration, coldDuration = "cold_duration", initialization = "init"
  }

  /// After this many mistakes the rest of the rows would be wrong for the same reason.
  private static let mostMistakes = 20

  /// - Parameter place: the place of the trace's name in the scenario.
  func requests(_ reader: inout ScenarioReader, at place: Place) -> [TracedRequest] {
    let bytes: [UInt8]
    do {
      bytes = try reader.trace(name)
    } catch {
      reader.descend("trace") {
        $0.mistake(
          "found \(Printable.quoted(name)), which cannot be read: \(Printable.line("\(error)"))", at: place)
      }
      return []
    }
    return bytes.withUnsafeBufferPointer { bytes in
      var rows = CSVRows(bytes)
      guard let columns = header(&rows, &reader) else { return [] }
      return self.requests(&rows, columns, &reader)
    }
  }

  private func mistake(_ problem: String, line: Int, _ reader: inout ScenarioReader) {
    reader.mistake(problem, at: .trace(name, line: line))
  }

  private func header(_ rows: inout CSVRows, _ reader: inout ScenarioReader) -> [Column]? {
    let allowed = Column.allCases.map(\.rawValue).joined(separator: ", ")
    guard rows.next() else {
      mistake(
        "found no line; expected a header with the column at and perhaps others of \(allowed)", line: 1,
        &reader)
      return nil
    }
    var columns: [Column] = []
    var mistakes = 0
    for field in rows.fields {
      let text = rows.text(field)
      if let column = Column(rawValue: text), !columns.contains(column) {
        columns.append(column)
        continue
      }
      mistakes += 1
      let near = NearestWord.question(text, among: Column.allCases.lazy.map(\.rawValue))
      let what = Printable.quoted(text)
      mistake(
        Column(rawValue: text) == nil
          ? "found the unknown column \(what)\(near) expected \(allowed)"
          : "found the column \(what) twice; expected it once", line: rows.line, &reader)
      if mistakes == Self.mostMistakes { break }
    }
    guard mistakes == 0 else { return nil }
    if !columns.contains(.at) {
      mistake("found no column at; expected one, in seconds", line: rows.line, &reader)
      return nil
    }
    if function == nil, !columns.contains(.function) {
      mistake("found no column function; expected one: there are several functions", line: rows.line, &reader)
      return nil
    }
    return columns
  }

  private func requests(
    _ rows: inout CSVRows, _ columns: [Column], _ reader: inout ScenarioReader
  ) -> [TracedRequest] {
    var requests: [TracedRequest] = []
    var mistakes = 0
    var last: Nanoseconds = 0
    while mistakes < Self.mostMistakes, rows.next() {
      var request = TracedRequest(at: -1)
      request.function = function ?? 0
      var problem: String?
      if rows.fields.count != columns.count {
        problem =
          "found \(rows.fields.count) field\(rows.fields.count == 1 ? "" : "s"); expected \(columns.count), as many as columns"
      } else {
        for (index, column) in columns.enumerated() {
          problem = set(column, of: &request, to: rows.fields[index], rows) ?? problem
        }
      }
      if problem == nil {
        problem = check(request, after: last)
        last = max(last, request.at)
      }
      if let problem {
        mistakes += 1
        mistake(problem, line: rows.line, &reader)
      } else {
        requests.append(request)
      }
    }
    return requests
  }

  private func check(_ request: TracedRequest, after last: Nanoseconds) -> String? {
    if request.at < last {
      return "found a time before that of a row above; expected rows in ascending time"
    }
    if request.coldDuration >= 0, request.initDuration > request.coldDuration {
      return "found init greater than cold_duration; expected it not to be: it is a part of it"
    }
    return nil
  }

  /// - Returns: the mistake in words; nil for none.
  private func set(
    _ column: Column, of request: inout TracedRequest, to field: CSVRows.Field, _ rows: CSVRows
  ) -> String? {
    if column == .function {
      if field.isEmpty, function != nil { return nil }
      let text = rows.text(field)
      if let index = functions.firstIndex(of: text) {
        request.function = index
        return nil
      }
      return "found the function \(Printable.quoted(text)); expected \(Words.listed(functions, last: "or"))"
    }
    if field.isEmpty, column != .at { return nil }
    guard let length = rows.nanoseconds(field) else {
      return "found \(column.rawValue) \(Printable.quoted(rows.text(field))); expected seconds such as 0.125,"
        + " 0 to 3,153,600,000"
    }
    switch column {
    case .at: request.at = length
    case .duration: request.duration = length
    case .coldDuration: request.coldDuration = length
    case .initialization: request.initDuration = length
    case .function: break
    }
    return nil
  }
}
