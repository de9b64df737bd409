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

/// What a producer of events writes into: the events, and what their names and text ranges stand for.
package struct EventLog: Sendable {
  package var catalog = Catalog()
  package var text = TextStore()
  /// Events that nobody has folded yet, in order of arrival.
  package var events: [LifecycleEvent] = []

  package init() {}

  package mutating func append(_ event: LifecycleEvent) { events.append(event) }
}

/// Where a stream of events comes from. It decides what the stream cannot tell.
package enum SourceKind: String, CaseIterable, Sendable {
  case simulation, rie, telemetry, native

  /// What the timeline may conclude in this source's blind spots.
  package var capabilities: Capabilities {
    switch self {
    case .simulation, .native:
      Capabilities(
        tellsFreezing: true, tellsExtensionInit: true, clockResolution: 0, note: "", details: "")
    case .rie:
      Capabilities(
        tellsFreezing: false, tellsExtensionInit: true, clockResolution: .milliseconds(2),
        note: "idle here; Lambda would freeze",
        details:
          "RIE does not freeze, and does not tell runtime init from function init; the mark function-init does. Its option --log-level debug"
          + " tells the true boundaries: when each extension was ready and which requests the function failed."
      )
    case .telemetry:
      Capabilities(
        tellsFreezing: false, clockResolution: .milliseconds(2), note: "freezing is inferred",
        details: "The Telemetry API does not tell freezing, nor the parts of init apart.")
    }
  }
}

/// What a source cannot tell, so that the timeline knows where it may infer.
package struct Capabilities: Equatable, Sendable {
  /// False: a gap between two invocations is an inferred `frozen`.
  package var tellsFreezing: Bool
  /// Init has its extensions' part apart, or has none: what is not divided is of runtime and function.
  package var tellsExtensionInit: Bool
  /// Two times of this source that lie closer than this may be the same moment: no gap is inferred between them.
  package var clockResolution: Nanoseconds
  /// A few words for the header of the screen; empty where the source tells everything.
  package var note: String
  /// The same as a sentence.
  package var details: String

  package init(
    tellsFreezing: Bool, tellsExtensionInit: Bool = false, clockResolution: Nanoseconds, note: String,
    details: String
  ) {
    self.tellsFreezing = tellsFreezing
    self.tellsExtensionInit = tellsExtensionInit
    self.clockResolution = clockResolution
    self.note = note
    self.details = details
  }
}
