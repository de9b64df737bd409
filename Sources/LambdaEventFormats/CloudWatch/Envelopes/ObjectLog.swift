internal import LambdaLifecycle

/// Log events as JSON objects, in a document or one after the other, on one line each or laid out on several.
struct ObjectLog: EnvelopeReader {
  private var splitter = ObjectSplitter()
  private var eventIDs = RecentEventIDs()
  private var row = ResultRow()
  private var hasBegun = false
  /// Of the object that holds the events, where it names them: a subscription's does.
  private var logStream: [UInt8] = []
  private var logGroup: [UInt8] = []

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if splitter.isInside { return split(line, body) }
    let start = line.skipBlanks(from: 0)
    guard start < line.count else { return }
    switch line[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): split(line, body)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","): break
    default:
      if !hasBegun { return LogEventReader.tellUnknown(line, body) }
      body(.noise("no log event: expected a JSON object", line))
    }
  }

  mutating func finish(_ body: (LogPiece) -> Void) { row.end(body) }

  private mutating func split(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    hasBegun = true
    // Taken out for the time being, so that the closure may change the rest.
    var splitter = ObjectSplitter()
    swap(&splitter, &self.splitter)
    splitter.split(line) { part in
      switch part {
      case .object(let object): read(object: object, body)
      case .container(let beginning): readContainer(beginning)
      case .tooLong(let beginning): body(.noise("an object longer than 4 MiB", beginning))
      }
    }
    swap(&splitter, &self.splitter)
  }

  private mutating func readContainer(_ beginning: UnsafeRawBufferPointer) {
    var scanner = JSONScanner(beginning)
    let container = LogEventObject(&scanner)
    logStream = Array(scanner.raw(container.logStream))
    logGroup = Array(scanner.raw(container.logGroup))
  }

  private mutating func read(object: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    var scanner = JSONScanner(object)
    let event = LogEventObject(&scanner)
    if scanner.failed { return body(.noise("not valid JSON", object)) }
    if !event.field.isAbsent {
      return scanner.unescaped(event.value).withUnsafeBytes { row.add(scanner.raw(event.field), $0, body) }
    }
    guard event.hasMessage else {
      // The streams that were searched have no time.
      if event.isOfAPI, event.time != nil { body(.noise("a log event without a message", object)) }
      return
    }
    guard let time = event.time else {
      return body(.noise("a log event without a timestamp in milliseconds", object))
    }
    if !event.eventID.isEmpty, !eventIDs.insert(scanner.raw(event.eventID)) { return }
    logStream.withUnsafeBytes { logStream in
      logGroup.withUnsafeBytes { logGroup in
        let header = LogEventHeader(
          time, logStream: event.logStream.isAbsent ? logStream : scanner.raw(event.logStream),
          logGroup: event.logGroup.isAbsent ? logGroup : scanner.raw(event.logGroup))
        if !event.object.isEmpty {
          object.slice(event.object.lowerBound, event.object.upperBound).onOneLine.withUnsafeBytes {
            header.tell($0, body)
          }
        } else if event.message.isEscaped {
          scanner.unescaped(event.message).withUnsafeBytes { header.tell($0, body) }
        } else {
          header.tell(scanner.raw(event.message), body)
        }
      }
    }
  }
}
