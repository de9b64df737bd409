import TestSupport
import Testing

/// Documents of a file in Documents/, separated by blank lines. Lines that begin with `#>` are the messages about the
/// document above.
struct Document: CustomTestStringConvertible {
  var yaml: String
  var messages: String

  var testDescription: String { yaml }

  static func all(_ name: String) throws -> [Document] {
    try Golden.text(path(name)).split(separator: "\n\n").map { text in
      let lines = text.split(separator: "\n")
      return Document(
        yaml: lines.filter { !$0.hasPrefix("#>") }.joined(separator: "\n"),
        messages: lines.filter { $0.hasPrefix("#>") }.map { $0.dropFirst(3) }.joined(separator: "\n"))
    }
  }

  /// Compares the messages of all documents; with `UPDATE_GOLDEN=1` writes them and fails, so that nobody forgets to
  /// look at them.
  static func expectMessages(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ messages: (String) -> String
  ) throws {
    let documents = try all(name)
    #expect(documents.count > 5)
    guard Golden.isUpdated else {
      for document in documents { #expect(messages(document.yaml) == document.messages, "\(document.yaml)") }
      return
    }
    let texts = documents.map { document in
      ([document.yaml] + messages(document.yaml).split(separator: "\n").map { "#> \($0)" }).joined(
        separator: "\n")
    }
    try Golden.update(
      path(name), with: texts.joined(separator: "\n\n") + "\n", sourceLocation: sourceLocation)
  }

  private static func path(_ name: String) -> String {
    Repository.path("Tests/ScenarioFilesTests/Documents/\(name).txt")
  }
}
