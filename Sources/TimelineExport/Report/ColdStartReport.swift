internal import LambdaEventFormats
package import LambdaLifecycle
internal import SwimlaneUI

/// The time of the slowest cold start of each function, and of the one in the middle, in parts that add up.
package struct ColdStartReport {
  private let tables: ColdStartTables
  private let catalog: Catalog
  private let printed: PrintedLines
  /// Rows that a table has at most for people.
  private static let most = 30
  private static let mostFunctions = 5
  private static let barWidth = 24

  /// - Parameter printed: the output of functions, as far as it is kept.
  package init(_ timeline: borrowing Timeline, _ catalog: Catalog, printed: PrintedLines = .none) {
    tables = ColdStartTables(timeline, catalog, withPhases: true)
    self.printed = printed
    self.catalog = catalog
  }

  /// The cold starts that are shown, with their titles.
  private var shown: [(title: String, entry: ColdStartTables.Entry)] {
    let functions = tables.functions.prefix(Self.mostFunctions)
    return functions.flatMap { function -> [(String, ColdStartTables.Entry)] in
      guard let (worst, median) = tables.worstAndMedian(of: function) else { return [] }
      let count = tables.count(of: function)
      let name = catalog.text(function)
      let whose = tables.functions.count > 1 && !name.isEmpty ? " of \(name)" : ""
      func title(_ entry: ColdStartTables.Entry, _ which: String) -> String {
        let length = SwimlaneUI.text(ofLength: entry.table.length)
        let measuring = entry.table.measuring.map {
          ", \(SwimlaneUI.text(ofLength: entry.table.length &- $0)) without measuring"
        }
        return "cold start\(whose) in \(catalog.text(entry.environment))\(which): \(length)\(measuring ?? "")"
      }
      return [(title(worst, count > 1 ? ", the slowest of \(count)" : ""), worst)]
        + (median.map { [(title($0, ", the one in the middle"), $0)] } ?? [])
    }
  }

  /// Plain text; nothing where no parts of any init are known.
  func lines() -> [String] {
    shown.flatMap { title, entry in
      let table: [String] = rows(of: entry).map { row in
        let what = padded(row.title, to: 22)
        let length = padded(row.length, to: 9, atRight: true)
        return "  \(what) \(length)  \(row.bar)  \(row.words)".trimmedAtEnd
      }
      let words: [String] = hints(on: entry).map { "  \($0.words)" }
      return [title] + table + words + line(of: entry).map { "  \($0.title): \($0.words)" } + [""]
    }
  }

  /// Tables in Markdown; nothing where no parts of any init are known.
  func markdown() -> [String] {
    shown.flatMap { title, entry in
      let hints =
        hints(on: entry).map { "- \($0.words.markdownEscaped)" }
        + line(of: entry).map { "- \($0.title): \($0.words.markdownEscaped)" }
      return ["", "## \(title.markdownEscaped)", "", "| | | |", "| --- | ---: | --- |"]
        + rows(of: entry).map { row in
          "| \(row.title.markdownEscaped) | \(row.length) | \(row.words.markdownEscaped) |"
        } + (hints.isEmpty ? [] : [""]) + hints
    }
  }

  private func hints(on entry: ColdStartTables.Entry) -> ArraySlice<InitHint> {
    InitHint.hints(on: entry.parts, catalog, at: entry.parts.end ?? .never).prefix(3)
  }

  /// The printed line that says why it failed.
  private func line(of entry: ColdStartTables.Entry) -> [TellingLine] {
    let end = entry.parts.end ?? .never
    return RequestCause(entry.parts, of: entry.environment, at: end).line(printed).map { [$0] } ?? []
  }

  private func rows(of entry: ColdStartTables.Entry) -> [(
    title: String, length: String, bar: String, words: String
  )] {
    entry.table.fitted(to: Self.most).map { row in
      let indent = String(repeating: "  ", count: min(row.depth, 4))
      return (
        indent + row.title(catalog, entry.source), SwimlaneUI.text(ofLength: row.length),
        bar(row, in: entry.table), row.words(catalog, isForOthers: true)
      )
    }
  }

  /// From where it began to where it ended.
  private func bar(_ row: InitTable.Row, in table: InitTable) -> String {
    guard let stretch = row.stretch else { return String(repeating: " ", count: Self.barWidth) }
    let length = max(1, table.stretch.upperBound &- table.stretch.lowerBound)
    func column(_ time: Timestamp) -> Int {
      let offset =
        min(max(time, table.stretch.lowerBound), table.stretch.upperBound) &- table.stretch.lowerBound
      return Int(Double(Self.barWidth) * Double(offset) / Double(length))
    }
    let first = min(column(stretch.lowerBound), Self.barWidth - 1)
    let last = max(first + 1, column(stretch.upperBound))
    let sign = row.isPart ? "█" : "░"
    return String(repeating: " ", count: first) + String(repeating: sign, count: last - first)
      + String(repeating: " ", count: Self.barWidth - last)
  }

  private func padded(_ text: String, to width: Int, atRight: Bool = false) -> String {
    let room = String(repeating: " ", count: max(0, width - text.columnCount))
    return atRight ? room + text : text + room
  }
}

extension ColdStartTables.Entry {
  /// As one object of `lanes summary --json`.
  func add(to object: inout JSONLine, _ catalog: Catalog, origin: Timestamp) {
    object.addIfPresent("function", catalog.text(function))
    object.add("environment", catalog.text(environment))
    object.add("start", seconds: parts.begin &- origin)
    object.add("duration", seconds: table.length)
    if let measuring = table.measuring { object.add("measuringDuration", seconds: measuring) }
    if let module = parts.module {
      object.add("compiledFiles", Int64(module.compiledFiles))
      if module.compiling >= 0 { object.add("compileDuration", seconds: module.compiling) }
    }
    object.add("parts", objects: zip(table.names, table.rows)) { object, part in
      let (name, row) = part
      object.add("name", name.text)
      object.addIfPresent("file", name.file)
      if name.occurrence > 0 { object.add("occurrence", Int64(name.occurrence + 1)) }
      if case .line(let line) = row.kind {
        object.add("line", Int64(line.time.line))
        object.addIfPresent("text", catalog.textForOthers(of: line.time))
      }
      object.add("duration", seconds: row.length)
      if let stretch = row.stretch { object.add("start", seconds: stretch.lowerBound &- origin) }
      object.add("counts", row.isPart)
      if row.depth > 0 { object.add("depth", Int64(row.depth)) }
      guard case .line(let line) = row.kind, !line.packages.isEmpty else { return }
      object.add("imports", objects: line.packages) { object, package in
        if package.count > 1 {
          object.add("count", Int64(package.count))
        } else {
          object.add("name", catalog.text(package.name))
        }
        object.add("duration", seconds: package.length)
        object.addIfPresent("importer", catalog.text(package.importer))
      }
    }
    let hints = InitHint.hints(on: parts, catalog, at: parts.end ?? .never)
    if !hints.isEmpty {
      object.add("hints", objects: hints) { object, hint in
        object.add("text", hint.words)
        object.add("cost", seconds: hint.cost)
      }
    }
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
