internal import LambdaLifecycle

/// A line of a function's output that is meant for lanes.
enum OutputLine: Equatable {
  /// `lanes: db connect begin`
  case mark(name: String, Mark.Edge)
  /// `import time:       211 |        211 |   json.decoder`
  case importTime(name: String, own: Nanoseconds, total: Nanoseconds, depth: Int32)
  /// `lanes: line app.py:6 89.4 ms`
  case code(CodeTimeLine)

  /// Longer names are cut.
  static let maximumName = 64
  /// Longer lines are no marks.
  private static let maximumLine = 4_096

  /// Reads a line; nil if it says nothing to us.
  init?(_ line: UnsafeRawBufferPointer) {
    guard line.count <= Self.maximumLine, let first = line.first else { return nil }
    if first == UInt8(ascii: "i"), line.hasPrefix("import time:") {
      self.init(importTime: line)
    } else if first == UInt8(ascii: "{") {
      self.init(object: line)
    } else if let text = Self.text(of: line) {
      self.init(said: text.text)
    } else {
      return nil
    }
  }

  /// The text behind `lanes: `, at the beginning of the line or of its last field: loggers write time,
  /// request and level before it, with tabs between.
  private static func text(of line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    if line.hasPrefix("lanes: ") { return line.slice(from: 7) }
    guard let tab = line.lastIndex(of: UInt8(ascii: "\t")), line.hasPrefix("lanes: ", at: tab + 1) else {
      return nil
    }
    return line.slice(from: tab + 8)
  }

  /// A line of a log in JSON: its `message` has the words of the function.
  private init?(object line: UnsafeRawBufferPointer) {
    guard line.firstIndex(of: "\"lanes: ") != nil else { return nil }
    var scanner = JSONScanner(line)
    var message = JSONString.absent
    scanner.object { scanner, key in
      guard scanner.matches(key, "message"), let value = scanner.stringIfPresent() else {
        return scanner.skipValue()
      }
      message = value
    }
    let text = scanner.text(message)
    guard !scanner.failed, text.hasPrefix("lanes: ") else { return nil }
    self.init(said: String(text.dropFirst(7)))
  }

  private init?(said text: String) {
    if let code = CodeTimeLine(text) {
      self = .code(code)
    } else {
      self.init(mark: text)
    }
  }

  private init?(mark text: String) {
    var words = text.unicodeScalars.map { $0.isControl ? " " : $0 }.split(separator: " ")
    let edge: Mark.Edge
    switch words.last.map({ String(String.UnicodeScalarView($0)) }) {
    case "begin" where words.count > 1: edge = .begin
    case "end" where words.count > 1: edge = .end
    default: edge = .moment
    }
    if edge != .moment { words.removeLast() }
    let name = Array(words.joined(separator: [" "]).prefix(Self.maximumName))
    guard !name.isEmpty else { return nil }
    self = .mark(name: String(String.UnicodeScalarView(name)), edge)
  }
}

extension Unicode.Scalar {
  /// Moves a terminal's cursor or more: C0, DEL, C1.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
