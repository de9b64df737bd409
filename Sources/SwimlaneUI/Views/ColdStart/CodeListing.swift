internal import LambdaLifecycle

/// A file of the function's own, with what its lines cost in an init.
struct CodeListing: Equatable {
  struct Line: Equatable {
    /// From 1.
    var number: Int
    var text: String
    /// The time that the statement that begins here took; nil where none was reported.
    var length: Nanoseconds?
  }

  let file: String
  /// The place of the line that runs, or of the first that may.
  let running: Int?
  /// The file is not the one that ran: what lines cost stands beside those that are the same.
  let hasChanged: Bool
  private let texts: [String]
  private let lengths: [Int: Nanoseconds]

  /// - Parameter files: the modules that are at hand, by name.
  init?(_ parts: InitParts, _ catalog: Catalog, files: [String: [String]], at time: Timestamp) {
    let isOver = parts.end.map { $0 <= time } ?? false
    // Whatever ended last says where it is; afterwards the handler's own module counts.
    let last = parts.lines.max { $0.end < $1.end }
    let outermost = parts.lines.last { $0.depth == 0 }
    guard let shown = isOver ? parts.module?.file ?? outermost?.time.file : last?.time.file else {
      return nil
    }
    file = catalog.text(shown)
    guard let texts = files[file] else { return nil }
    var lengths: [Int: Nanoseconds] = [:]
    var hasChanged = false
    for line in parts.lines where line.time.file == shown && line.time.line > 0 {
      let place = Self.place(of: line.time, catalog, in: texts)
      hasChanged = hasChanged || place != Int(line.time.line)
      if let place { lengths[place] = (lengths[place] ?? 0) &+ line.time.length }
    }
    self.texts = texts
    self.lengths = lengths
    self.hasChanged = hasChanged
    running =
      isOver || hasChanged ? nil : last.flatMap { Self.statement(after: Int($0.time.line), in: texts) }
  }

  /// The line where a statement stands now, from 1: where it stood, or the one line that is the same.
  private static func place(of line: LineTime, _ catalog: Catalog, in texts: [String]) -> Int? {
    let number = Int(line.line)
    let told = catalog.text(line.text)
    func isSame(_ text: String) -> Bool {
      let text = text.trimmedBlanks
      return text == told || told.count >= 60 && text.hasPrefix(told)
        || StatementText.withoutLiterals(text, of: catalog.text(line.file)) == told
    }
    if told.isEmpty || number <= texts.count && isSame(texts[number - 1]) { return number }
    let others = texts.indices.filter { isSame(texts[$0]) }
    return others.count == 1 ? others[0] + 1 : nil
  }

  /// The place of the next line that begins a statement which does something; those that only define something take no time.
  private static func statement(after line: Int, in texts: [String]) -> Int? {
    texts.indices.dropFirst(line).first { place in
      let text = texts[place]
      guard let first = text.first, !" \t#)]}/*".contains(first) else { return false }
      return !["def ", "class ", "async def ", "function ", "else", "elif", "except", "finally", "catch"]
        .contains { text.hasPrefix($0) }
    }
  }

  /// So many lines as there is room for: those around the running one, else those that cost most.
  func window(_ rows: Int) -> [Line] {
    let first = texts.count <= rows ? 0 : running.map { $0 - rows / 2 } ?? costliest(rows)
    let begin = min(max(0, first), max(0, texts.count - rows))
    return (begin..<min(texts.count, begin + max(0, rows))).map {
      Line(number: $0 + 1, text: texts[$0].withoutTabs, length: lengths[$0 + 1])
    }
  }

  /// Where the stretch of so many lines begins that costs most, the first of them.
  private func costliest(_ rows: Int) -> Int {
    var (best, place): (Nanoseconds, Int) = (-1, 0)
    for first in lengths.keys.sorted() {
      let sum = lengths.filter { (first..<first + rows).contains($0.key) }.reduce(Nanoseconds(0)) {
        $0 &+ $1.value
      }
      if sum > best { (best, place) = (sum, first) }
    }
    // Lines before the first of them are seen as well, as far as all of them stay in sight.
    let last = lengths.keys.filter { (place..<place + rows).contains($0) }.max() ?? place
    return max(0, min(place - 1, last - rows + (rows - (last - place + 1)) / 2))
  }
}

extension String {
  fileprivate var withoutTabs: String {
    contains("\t")
      ? String(String.UnicodeScalarView(unicodeScalars.flatMap { $0 == "\t" ? [" ", " ", " ", " "] : [$0] }))
      : self
  }

  fileprivate var trimmedBlanks: String {
    var text = self[...]
    while let first = text.first, " \t".contains(first) { text = text.dropFirst() }
    while let last = text.last, " \t\r".contains(last) { text = text.dropLast() }
    return String(text)
  }
}
