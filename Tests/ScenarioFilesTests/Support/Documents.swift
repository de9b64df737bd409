import Foundation
import Testing

/// Documents of a file in Documents/, separated by blank lines. Lines that begin with `#>` are the messages about the
/// document above.
struct Document: CustomTestStringConvertible {
  var yaml: String
  var messages: String

  var testDescription: String { yaml }

  static func all(_ name: String) throws -> [Document] {
    try String(decoding: Data(contentsOf: file(name)), as: UTF8.self).split(separator: "\n\n").map { text in
      let lines = text.split(separator: "\n")
      return Document(
        yaml: lines.filter { !$0.hasPrefix("#>") }.joined(separator: "\n"),
        messages: lines.filter { $0.hasPrefix("#>") }.map { $0.dropFirst(3) }.joined(separator: "\n"))
    }
  }

  /// Compares the messages of all documents; with `UPDATE_GOLDEN=1` writes them and fails, so that nobody forgets to
  /// look at them.
  static func expectMessages(_ name: String, _ messages: (String) -> String) throws {
    let documents = try all(name)
    #expect(documents.count > 5)
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil else {
      for document in documents { #expect(messages(document.yaml) == document.messages, "\(document.yaml)") }
      return
    }
    let texts = documents.map { document in
      ([document.yaml] + messages(document.yaml).split(separator: "\n").map { "#> \($0)" }).joined(
        separator: "\n")
    }
    try Data((texts.joined(separator: "\n\n") + "\n").utf8).write(to: file(name))
    Issue.record("messages written, look at them: \(name)")
  }

  private static func file(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../Documents/\(name).txt").standardized
  }
}
