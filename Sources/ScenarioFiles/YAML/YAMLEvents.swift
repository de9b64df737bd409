internal import CLibyaml

/// The events that libyaml finds in a text, one after another.
///
/// It reads the syntax alone, without resolving the meaning of scalars: `2026-11`
/// and `0.10` stay what they are.
struct YAMLEvents: ~Copyable {
  struct Event {
    enum Kind {
      case streamEnd
      case scalar(String, isPlain: Bool)
      case listBegin
      case mappingBegin
      /// The end of a list or a mapping.
      case end
      case alias
      /// The beginning of a document; the beginning of the stream, and the end of a document.
      case documentBegin, other
    }

    var kind: Kind
    var tag: String?
    var hasAnchor = false
    /// From 1.
    var line: Int
    var column: Int
  }

  private let text: UnsafeBufferPointer<UInt8>
  /// In a place of its own, because it points to itself.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Parameter text: in UTF-8; must stay as long as the events are read.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after the end of the stream, and after a problem, there is none to ask for.
  mutating func next() throws(YAMLDocument.Problem) -> Event {
    var found = yaml_event_t()
    guard yaml_parser_parse(parser, &found) == 1 else { throw problem }
    defer { yaml_event_delete(&found) }
    var event = Event(kind: .other, line: found.start_mark.line + 1, column: found.start_mark.column + 1)
    switch found.type {
    case YAML_SCALAR_EVENT:
      let scalar = found.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      event.kind = .scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      event.tag = string(scalar.tag)
      event.hasAnchor = scalar.anchor != nil
    case YAML_SEQUENCE_START_EVENT:
      event.kind = .listBegin
      event.tag = string(found.data.sequence_start.tag)
      event.hasAnchor = found.data.sequence_start.anchor != nil
    case YAML_MAPPING_START_EVENT:
      event.kind = .mappingBegin
      event.tag = string(found.data.mapping_start.tag)
      event.hasAnchor = found.data.mapping_start.anchor != nil
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: event.kind = .end
    case YAML_ALIAS_EVENT: event.kind = .alias
    case YAML_DOCUMENT_START_EVENT: event.kind = .documentBegin
    case YAML_STREAM_END_EVENT: event.kind = .streamEnd
    default: break
    }
    return event
  }

  private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  /// The reason why the parser has stopped.
  private var problem: YAMLDocument.Problem {
    let found = parser.pointee
    let text = found.problem.map { String(cString: $0) } ?? "out of memory"
    if found.error == YAML_READER_ERROR {
      // The reader knows an offset only.
      let before = String(decoding: self.text.prefix(found.problem_offset), as: UTF8.self).unicodeScalars
      return YAMLDocument.Problem(
        text: "not valid YAML: \(text)", line: before.count { $0 == "\n" } + 1,
        column: before.reversed().prefix { $0 != "\n" }.count + 1)
    }
    let isAnchor = found.context.map { String(cString: $0) } == "while scanning an anchor"
    return YAMLDocument.Problem(
      text: isAnchor ? YAMLDocument.anchorFound : "not valid YAML: \(text)",
      line: found.problem_mark.line + 1, column: found.problem_mark.column + 1)
  }
}
