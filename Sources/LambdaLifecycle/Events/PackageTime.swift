/// The cost of importing the modules of one package under a statement, without what they import of other
/// packages.
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
