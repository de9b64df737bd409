/// Where a text of a stream lies in a `TextStore`.
package struct TextRange: Equatable, Sendable {
  package var offset: Int64
  package var length: Int32

  package init(offset: Int64, length: Int32) {
    self.offset = offset
    self.length = length
  }
}

/// The bytes of output lines, kept apart from events so that those stay trivial. Bounded: the oldest go first.
package struct TextStore: Sendable {
  private var bytes: [UInt8] = []
  private var base: Int64 = 0
  private let limit: Int

  /// - Parameter limit: bytes kept; at least this much of the newest text is there.
  package init(limit: Int = 16 << 20) { self.limit = limit }

  var reckonedBytes: Int { bytes.reckonedBytes }

  /// Keeps a copy of `text`.
  package mutating func append(_ text: UnsafeRawBufferPointer) -> TextRange {
    if bytes.count > 2 * limit {
      let dropped = bytes.count - limit
      bytes.removeFirst(dropped)
      base += Int64(dropped)
    }
    let range = TextRange(offset: base + Int64(bytes.count), length: Int32(clamping: text.count))
    bytes.append(contentsOf: text.prefix(Int(range.length)))
    return range
  }

  /// Keeps a copy of `text`.
  package mutating func append(_ text: String) -> TextRange {
    var text = text
    return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Calls `body` with the bytes of a text; nil once it has been let go.
  package func withBytes<Result>(_ range: TextRange, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    let start = range.offset - base
    guard start >= 0, start + Int64(range.length) <= Int64(bytes.count) else { return nil }
    return bytes.withUnsafeBytes { all in
      body(UnsafeRawBufferPointer(rebasing: all[Int(start)..<Int(start) + Int(range.length)]))
    }
  }

  /// The text, with invalid UTF-8 replaced; nil once it has been let go.
  package func text(_ range: TextRange) -> String? {
    let start = range.offset - base
    guard start >= 0, start + Int64(range.length) <= Int64(bytes.count) else { return nil }
    return String(decoding: bytes[Int(start)..<Int(start) + Int(range.length)], as: UTF8.self)
  }
}

/// The log that a producer of events writes into: the events, and what their names and text ranges stand for.
package struct EventLog: Sendable {
  package var catalog = Catalog()
  package var text = TextStore()
  /// Events that nobody has folded yet, in order of arrival.
  package var events: [LifecycleEvent] = []

  /// The text of a statement of the function's own code, from the file on this machine; nil where none is at hand.
  package var statementText: (@Sendable (_ file: String, _ line: Int32) -> String?)?

  /// The number of statements reported, whose names are kept.
  private var statements = 0
  private static let mostStatements = 2_000_000

  /// The stretch that recordings say they are of a longer session; nil where one of them is whole.
  package var part: SessionPart?
  private var hasRecording = false

  /// A recording begins.
  /// - Parameter part: the part it is of a longer session; nil for all of it.
  package mutating func recordingBegins(_ part: SessionPart?) {
    let known = self.part
    self.part = hasRecording ? known.flatMap { known in part.map(known.joined) } : part
    hasRecording = true
  }

  /// - Parameter source: the kind of the first source, until it is known better.
  package init(source: SourceKind = .native) { catalog[catalog.source].kind = source }

  package mutating func append(_ event: LifecycleEvent) { events.append(event) }

  /// A statement, with the text that it was reported with, or else that of the file.
  package mutating func statement(
    _ file: String, line: Int32, text: String, length: Nanoseconds, begin: Nanoseconds
  ) -> LineTime {
    statements += 1
    // Whoever prints more means no init: its names must not fill the memory.
    guard statements <= Self.mostStatements else {
      return LineTime(catalog.name("too many files"), line: line, length: length, begin: begin)
    }
    let read = text.isEmpty ? statementText?(file, line) : nil
    let shown = read ?? text
    return LineTime(
      catalog.name(file), line: line, text: shown.isEmpty ? .none : catalog.name(shown),
      textIsRead: read != nil, length: length, begin: begin)
  }
}
