internal import LambdaLifecycle

/// Requests of a CSV file: a header line, then one request a line in ascending time.
///
/// The columns, in any order: `at`, in seconds; optionally `function`, and in seconds `duration`, `cold_duration`,
/// `init`.
struct TraceFile {
  let name: String
  /// The scenario's functions in their order.
  let functions: [String]
  /// Where a row does not say.
  let function: Int

  enum Column: String, CaseIterable {
    case at, function, duration, coldDuration = "cold_duration", initialization = "init"
  }

  /// After this many mistakes the rest of the rows would be wrong for the same reason.
  private static let mostMistakes = 20

  /// - Parameter place: of the trace's name in the scenario.
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
    var isRight = true
    for field in rows.fields {
      let text = rows.text(field)
      if let column = Column(rawValue: text), !columns.contains(column) {
        columns.append(column)
        continue
      }
      let what = Column(rawValue: text) == nil ? "the unknown column" : "more than once the column"
      let near = NearestWord.to(text, among: Column.allCases.lazy.map(\.rawValue)).map {
        ", did you mean \($0)?"
      }
      let hint = columns.contains { $0.rawValue == text } ? ";" : near ?? ";"
      mistake("found \(what) \(Printable.quoted(text))\(hint) expected \(allowed)", line: rows.line, &reader)
      isRight = false
    }
    if isRight, !columns.contains(.at) {
      mistake("found no column at; expected one, in seconds", line: rows.line, &reader)
      return nil
    }
    return isRight ? columns : nil
  }

  private func requests(
    _ rows: inout CSVRows, _ columns: [Column], _ reader: inout ScenarioReader
  ) -> [TracedRequest] {
    var requests: [TracedRequest] = []
    var mistakes = 0
    var last: Nanoseconds = 0
    while mistakes < Self.mostMistakes, rows.next() {
      var request = TracedRequest(at: -1)
      request.function = function
      var problem: String?
      if rows.fields.count != columns.count {
        problem = "found \(rows.fields.count) fields; expected \(columns.count), as many as columns"
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
      return "found a time before that of the row above; expected rows in ascending time"
    }
    if request.coldDuration >= 0, request.initDuration > request.coldDuration {
      return "found init greater than cold_duration; expected it not to be: it is a part of it"
    }
    return nil
  }

  /// - Returns: what is wrong.
  private func set(
    _ column: Column, of request: inout TracedRequest, to field: CSVRows.Field, _ rows: CSVRows
  ) -> String? {
    if column == .function {
      if field.isEmpty, functions.count < 2 { return nil }
      let text = rows.text(field)
      if let index = functions.firstIndex(of: text) {
        request.function = index
        return nil
      }
      return "found the function \(Printable.quoted(text)); expected \(functions.joined(separator: ", "))"
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
