/// The cost of a top-level statement of a function's own module in init, as a hook in its process reports it
/// when the statement has ended.
package struct LineTime: Equatable, Sendable {
  /// The module's file, from the function's folder.
  package var file: Name
  /// Where the statement begins; 0 for finding, reading and compiling the module, and for all of one that cannot be divided.
  package var line: Int32
  /// The statement's first line, or of line 0 a note; `.none` where nobody has given it.
  package var text: Name
  /// The text was read from the file here, and nobody has asked for it to be passed on to others.
  package var textIsRead: Bool
  package var length: Nanoseconds
  /// Its begin, since its process began; -1 where that was not reported.
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
