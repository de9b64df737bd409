/// The name of a part of an init, the same in every init of the function: statements by their text and not by
/// their line, because lines move when code is changed.
package struct InitPartName: Hashable, Comparable, Sendable {
  /// The module's file, for a statement; empty for other parts.
  package var file: String
  /// The statement, without literals; `line N` where its text is not known. Of other parts their name.
  package var text: String
  /// Of several alike in one init: 0 for the first.
  package var occurrence: Int

  package static func < (one: InitPartName, other: InitPartName) -> Bool {
    (one.file, one.text, one.occurrence) < (other.file, other.text, other.occurrence)
  }

  /// The name of what a module takes before its first statement.
  package static let beforeStatements = "find, read, compile"

  static func names(of rows: [InitTable.Row], _ catalog: Catalog) -> [InitPartName] {
    var seen: [InitPartName: Int] = [:]
    return rows.map { row in
      var name = row.name(catalog)
      let count = seen[name, default: 0]
      seen[name] = count + 1
      name.occurrence = count
      return name
    }
  }
}

extension InitTable.Row {
  /// Without the occurrence.
  fileprivate func name(_ catalog: Catalog) -> InitPartName {
    var file = ""
    let text: String
    switch kind {
    case .phase(let phase): text = phase.wireName
    case .extensionInit(let name): text = "extension \(catalog.text(name))"
    case .process: text = "process"
    case .client: text = "runtime client"
    case .beforeLines: text = "process and client"
    case .line(let line):
      file = catalog.text(line.time.file)
      let statement = StatementText.withoutLiterals(
        catalog.text(line.time.text), of: file, keepsShortNumbers: false)
      text =
        line.time.line == 0
        ? InitPartName.beforeStatements : statement.isEmpty ? "line \(line.time.line)" : statement
    case .shortLines: text = "short lines"
    case .others: text = "others"
    case .package(let name): text = "package \(name)"
    case .mark(let mark): text = "mark \(catalog.text(mark.name))"
    case .running, .unfinished: text = "not ended"
    case .extensionsWait: text = "extensions"
    case .measuring: text = "measuring"
    case .unexplained: text = "not explained"
    }
    return InitPartName(file: file, text: text, occurrence: 0)
  }
}
