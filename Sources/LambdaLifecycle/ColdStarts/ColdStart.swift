/// What one cold start of a function has cost.
package struct ColdStart: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    package var name: InitPartName
    /// Of a statement, where it begins in its file; 0 for other parts.
    package var line: Int32
    package var length: Nanoseconds
    /// It counts in the sum; what does not is inside of something that does, or beside it.
    package var isPart: Bool
    package var depth: Int
    /// Of a statement, its text as the file has it, with its literals; empty for other parts.
    package var text: String

    package init(
      _ name: InitPartName, line: Int32 = 0, length: Nanoseconds, isPart: Bool = true, depth: Int = 0,
      text: String = ""
    ) {
      self.name = name
      self.line = line
      self.length = length
      self.isPart = isPart
      self.depth = depth
      self.text = text
    }
  }

  /// From its environment's start until that was ready for the invocation.
  package var length: Nanoseconds
  /// Each before those inside of it.
  package var parts: [Part]
  /// Modules that had to be compiled, because no compiled file of them could be used.
  package var compiledFiles: Int
  /// What that took.
  package var compiling: Nanoseconds

  package init(length: Nanoseconds, parts: [Part], compiledFiles: Int = 0, compiling: Nanoseconds = 0) {
    self.length = length
    self.parts = parts
    self.compiledFiles = compiledFiles
    self.compiling = compiling
  }
}

extension ColdStart {
  /// The one init of an environment; nil where it has none that is over, or more than one: then one has failed.
  package init?(of track: borrowing EnvironmentTrack, _ catalog: Catalog) {
    let inits = track.inits(at: .never - 1)
    guard inits.count == 1, let parts = inits.first, let end = parts.end,
      !parts.phases.contains(where: \.outcome.isBad)
    else { return nil }
    let table = InitTable(parts, catalog, marks: track.marks(from: parts.begin, to: end), at: end)
    self.init(
      length: table.length,
      parts: zip(table.rows, table.names(catalog)).map { row, name in
        let line: InitParts.Line? = if case .line(let line) = row.kind { line } else { nil }
        return Part(
          name, line: line?.time.line ?? 0, length: row.length, isPart: row.isPart, depth: row.depth,
          text: line.map { catalog.text($0.time.text) } ?? "")
      },
      compiledFiles: parts.module.map { Int($0.compiledFiles) } ?? 0,
      compiling: max(0, parts.module?.compiling ?? 0))
  }
}

extension EnvironmentTrack {
  /// What the function has marked in a stretch of its init.
  fileprivate func marks(from begin: Timestamp, to end: Timestamp) -> [MarkSpan] {
    let first = marks.partitionPoint { $0.start < begin }
    return (first..<max(first, markCount(upTo: end))).prefix(100).map(markSpan).filter {
      $0.phase?.isOfRuntime == true && $0.name != .functionInit
    }
  }
}
