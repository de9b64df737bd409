/// The handler's module has been imported: what that cost, and what came before.
package struct ModuleTime: Equatable, Sendable {
  package var file: Name
  /// Modules that had to be compiled, because no compiled file of them could be used.
  package var compiledFiles: Int32
  package var length: Nanoseconds
  /// From the start of the process to the hook, from there to the module, for compiling, and for measuring;
  /// -1 where unknown.
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
