/// What a top-level statement of a function's own module has cost while init ran, as a hook in its process tells it when the
/// statement has ended.
package struct LineTime: Equatable, Sendable {
  /// The module's file, from the function's folder.
  package var file: Name
  /// Where the statement begins; 0 for finding, reading and compiling the module, and for all of one that cannot be divided.
  package var line: Int32
  /// The statement's first line, or of line 0 a note; `.none` where nobody has told it.
  package var text: Name
  /// The text was read from the file here, and nobody has asked for it to be told to others.
  package var textIsRead: Bool
  package var length: Nanoseconds
  /// When it began, since its process did; -1 where that was not told.
  package var begin: Nanoseconds

  package init(
    _ file: Name, line: Int32, text: Name = .none, textIsRead: Bool = false, length: Nanoseconds,
    begin: Nanoseconds = -1
  ) {
    self.file = file
    self.line = line
    self.text = text
    self.textIsRead = textIsRead
    self.length = length
    self.begin = begin
  }
}

/// What importing the modules of one package has cost under a statement, without what they import of other packages.
package struct PackageTime: Equatable, Sendable {
  /// The statement.
  package var file: Name
  package var line: Int32
  /// `Python` or `Node` for what comes with the language, the file of a module of the function's own; `.none` for `count`
  /// packages together.
  package var name: Name
  /// The package that imported it first; `.none` for the statement itself.
  package var importer: Name
  package var count: Int32
  package var length: Nanoseconds

  package init(
    _ file: Name, line: Int32, name: Name, importer: Name = .none, count: Int32 = 1, length: Nanoseconds
  ) {
    self.file = file
    self.line = line
    self.name = name
    self.importer = importer
    self.count = count
    self.length = length
  }
}

/// The handler's module has been imported: what that cost, and what came before.
package struct ModuleTime: Equatable, Sendable {
  package var file: Name
  /// Modules that had to be compiled, because no compiled file of them could be used.
  package var compiledFiles: Int32
  package var length: Nanoseconds
  /// From the start of the process to the hook, from there to the module, for compiling, and for measuring; -1 where not told.
  package var process: Nanoseconds
  package var client: Nanoseconds
  package var compiling: Nanoseconds
  package var measuring: Nanoseconds

  package init(
    _ file: Name, length: Nanoseconds, process: Nanoseconds = -1, client: Nanoseconds = -1,
    compiledFiles: Int32 = 0, compiling: Nanoseconds = -1, measuring: Nanoseconds = -1
  ) {
    self.file = file
    self.length = length
    self.process = process
    self.client = client
    self.compiledFiles = compiledFiles
    self.compiling = compiling
    self.measuring = measuring
  }
}
