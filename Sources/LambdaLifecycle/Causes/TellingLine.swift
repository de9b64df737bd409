/// Of what a function printed before its end, the line that says why.
///
/// Runtime clients print what they end with, each in its way: the shapes of their lines, and of exceptions and what loggers call
/// an error. The last one wins that looks like an error most.
package struct TellingLine: Equatable, Sendable {
  /// Without the time, the request and the level that a logger puts before it, and without colours; never longer than `longest`.
  package var text: String
  /// It looks like an error; else it is the last line that was printed.
  package var isError: Bool

  /// The most that is kept of a line, in scalars.
  static let longest = 300
  /// The most that is read of a printed line.
  private static let mostRead = 8_192

  /// How much a line looks like the reason.
  private enum Weight: Int {
    case said, logged, thrown
  }

  /// - Parameter printed: lines of output, or records of several lines, in order.
  /// - Returns: nil where nothing was printed.
  package init?(_ printed: some Sequence<String>) {
    var best: (weight: Weight, text: String)?
    for record in printed {
      // Over a pipe, clients of Python and Node.js write carriage returns for the line ends of a record.
      for line in record.unicodeScalars.prefix(Self.mostRead).split(whereSeparator: {
        $0 == "\n" || $0 == "\r"
      }) {
        let line = String(String.UnicodeScalarView(line)).withoutColours
        guard let read = Self.read(line), best.map({ read.weight.rawValue >= $0.weight.rawValue }) ?? true
        else { continue }
        best = read
      }
    }
    guard let best else { return nil }
    isError = best.weight != .said
    text = String(String.UnicodeScalarView(best.text.unicodeScalars.prefix(Self.longest)))
  }

  /// - Returns: nil for a line that says nothing by itself: a frame, the head of a traceback, a word to lanes.
  private static func read(_ line: String) -> (weight: Weight, text: String)? {
    // Frames, and the source in them; the client of Python writes blanks that do not break.
    guard let first = line.unicodeScalars.first, !first.properties.isWhitespace else { return nil }
    if notes.contains(where: line.hasPrefix) { return nil }
    if let object = ErrorObject(in: line) {
      return object.isThrown ? (.thrown, object.text) : (object.isError ? .logged : .said, object.text)
    }
    // The service's own word, which says less than the function's.
    if line.hasPrefix("RequestId: "), let error = line.firstRange(of: " Error: ") {
      return (.logged, String(line[error.upperBound...]).trimmed)
    }
    if let limit = line.firstRange(of: " Task timed out after ") {
      return (.thrown, String(line[limit.lowerBound...]).trimmed)
    }
    let (level, text) = withoutPrefix(line)
    guard !text.isEmpty, !notes.contains(where: text.hasPrefix) else { return nil }
    if isThrown(text) { return (.thrown, text) }
    return (level.map { isBad($0) } ?? beginsBadly(text) ? .logged : .said, text)
  }

  /// Lines that stand around an error, or are meant for lanes.
  private static let notes = [
    "Traceback (most recent call last)", "During handling of the above", "The above exception was",
    "LAMBDA_WARNING",
    "lanes: ", "import time:", "Node.js v",
  ]

  // MARK: What a logger puts before a line

  /// The level, where one is given, and the words.
  private static func withoutPrefix(_ line: String) -> (level: String?, text: String) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    var level: String?
    var text = line
    if fields.count >= 3, let last = fields.last {
      // `[ERROR]⇥TIME⇥ID⇥TEXT` of Python, `TIME⇥ID⇥ERROR⇥TEXT` of Node.js and .NET.
      level = fields.dropLast().map(\.withoutBrackets).first(where: isLevel)
      if level != nil { text = last }
    }
    if level == nil, let bracket = line.firstIndex(of: "]"), line.first == "[" {
      let word = String(line[..<line.index(after: bracket)]).withoutBrackets
      if isLevel(word) { (level, text) = (word, String(line[line.index(after: bracket)...])) }
    }
    // A table has a traceback on one line with what was thrown.
    for mark in [" Traceback (most recent call last):", "Traceback (most recent call last):"] {
      guard let place = text.firstRange(of: mark), place.lowerBound > text.startIndex else { continue }
      text = String(text[..<place.lowerBound])
    }
    for prefix in ["Caused by: ", "Uncaught ", "Unhandled exception. "] {
      let trimmed = text.trimmed
      if trimmed.hasPrefix(prefix) { text = String(trimmed.dropFirst(prefix.count)) }
    }
    return (level, text.replacing("\t", with: " ").trimmed)
  }

  private static func isLevel(_ word: String) -> Bool {
    let levels = ["TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "FAIL", "CRIT"]
    return levels.contains(word.uppercased())
  }

  static func isBad(_ level: String) -> Bool {
    ["ERROR", "FATAL", "CRITICAL", "FAIL", "CRIT"].contains(level.uppercased())
  }

  private static func beginsBadly(_ text: String) -> Bool {
    isBad(String(text.prefix { $0.isLetter }))
  }

  // MARK: What is thrown

  /// The words of runtimes that cannot go on.
  private static let sayings = [
    "Unable to import module ", "Cannot find module ", "Cannot find package ", "No module named ",
    "Task timed out after ",
    "panic: ", "fatal error: ", "Error: ", "error: ", "Segmentation fault", "Error loading ",
  ]

  /// `TYPE: TEXT` or `TYPE` alone, where the type is called an error; or what runtimes say.
  private static func isThrown(_ text: String) -> Bool {
    if sayings.contains(where: text.hasPrefix) || text.contains("panicked at ") { return true }
    let scalars = text.unicodeScalars
    let name = scalars.prefix { $0.isOfTypeName }
    let type = String(String.UnicodeScalarView(name)).withoutColonAtEnd
    let rest = String(String.UnicodeScalarView(scalars.dropFirst(type.unicodeScalars.count)))
    guard rest.isEmpty || rest.hasPrefix(": ") || rest == ":" || rest.hasPrefix(" [") else { return false }
    let kinds = ["Error", "Exception", "Interrupt", "Exit", "Fault", "Failure", "Iteration"]
    return kinds.contains {
      type.hasSuffix($0) && (type.count > $0.count || $0 == "Error" || $0 == "Exception")
    }
  }
}

extension Unicode.Scalar {
  /// A letter, a digit, or what stands between the parts of a type's name.
  fileprivate var isOfTypeName: Bool {
    properties.isAlphabetic || ("0"..."9").contains(self) || "_.$:".unicodeScalars.contains(self)
  }
}

extension String {
  fileprivate var withoutColonAtEnd: String {
    // `a::b::MyError: text` has colons in the name, and one behind it.
    var text = self[...]
    while text.last == ":" { text = text.dropLast() }
    return String(text)
  }

  fileprivate var withoutBrackets: String { String(drop { $0 == "[" }.prefix { $0 != "]" }) }

  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }

  /// Without the sequences that colour a terminal.
  fileprivate var withoutColours: String {
    guard utf8.contains(0x1B) else { return self }
    var scalars = String.UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        scalars.append(scalar)
        continue
      }
      guard rest.first == "[" else { continue }
      rest = rest.dropFirst().drop { !("@"..."~").contains($0) }.dropFirst()
    }
    return String(scalars)
  }
}
