/// The cost of one cold start of a function.
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
  /// Modules that had to be compiled, because no compiled file of them could be used; nil where nobody knows.
  package var compiledFiles: Int?
  /// The time that compiling them took.
  package var compiling: Nanoseconds

  package init(length: Nanoseconds, parts: [Part], compiledFiles: Int? = nil, compiling: Nanoseconds = 0) {
    self.length = length
    self.parts = parts
    self.compiledFiles = compiledFiles
    self.compiling = compiling
  }
}

extension ColdStart {
  /// Why an environment has no cold start that could be measured.
  package enum Missing: Error, Equatable {
    /// No init of it was reported to its end.
    case notTold
    case failed
    /// It went well when Lambda ran it again.
    case failedAtFirst
  }

  /// The one init of an environment.
  package init(of track: borrowing EnvironmentTrack, _ catalog: Catalog) throws(Missing) {
    let inits = track.inits(at: .never - 1)
    guard let parts = inits.first, let end = parts.end else { throw .notTold }
    guard inits.count == 1, !parts.hasFailed else {
      let wentWell = inits.last.map { $0.end != nil && !$0.hasFailed } ?? false
      throw wentWell ? .failedAtFirst : .failed
    }
    let table = InitTable(parts, catalog, marks: track.marks(of: parts, at: end), at: end)
    let compiled = parts.module.map { Int($0.compiledFiles) }
    self.init(
      length: table.length, parts: table.parts(catalog),
      compiledFiles: compiled.flatMap { $0 < 0 ? nil : $0 },
      compiling: max(0, parts.module?.compiling ?? 0))
  }
}

extension InitTable {
  /// Its rows, by their names.
  package func parts(_ catalog: Catalog) -> [ColdStart.Part] {
    zip(rows, names).map { row, name in
      let line = row.line
      return ColdStart.Part(
        name, line: line?.time.line ?? 0, length: row.length, isPart: row.isPart, depth: row.depth,
        text: line.map { catalog.text($0.time.text) } ?? "")
    }
  }
}
