internal import LambdaLifecycle

extension Notation where Value == SourceLine {
  /// A line of a function's source, as a lesson shows it.
  static var sourceLine: Notation {
    section(
      [
        Key("code", \.code, .code),
        Key("init", optional: \.initTime, .duration),
        Key("handler", optional: \.handlerTime, .duration),
        Key("sets", \.sets, .variables),
      ], from: SourceLine(""), required: ["code"])
  }
}

extension Notation where Value == String {
  /// May be empty, and begin with blanks.
  fileprivate static var code: Notation {
    Notation(expected: "a line of code of at most 60 characters") { reader, node in
      switch node.content {
      case .nothing: return ""
      case .scalar(let text) where text.unicodeScalars.count <= 60 && Printable.line(text) == text:
        return text
      default:
        reader.mistake(found: node, expected: "a line of code of at most 60 characters")
        return nil
      }
    }
  }
}

extension Notation where Value == [SourceLine.Variable] {
  /// A mapping from names to values.
  fileprivate static var variables: Notation {
    let expected = "a mapping from names to values, such as {db: connection}"
    return Notation(expected: expected) { reader, node in
      guard case .mapping(let entries) = node.content, entries.count <= 4 else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      return entries.compactMap { entry in
        Notation<String>.text(atMost: 30).read(&reader, entry.value).map {
          SourceLine.Variable(name: entry.key, value: $0)
        }
      }
    }
  }
}
