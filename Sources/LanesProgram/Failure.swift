internal import Glibc
internal import TimelineExport

/// The program has nothing more to say and ends with this status.
package struct ProgramEnd: Error, Equatable {
  /// The exit status that a shell sees.
  package var status: Int32

  package init(status: Int32) { self.status = status }
}

/// A failure, in one sentence or two: what was expected, what was found, what to do.
package struct Failure: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

/// Words of the command line that do not fit together: what was expected, what was found.
package struct Misuse: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

/// Writes a message for people; data goes to standard output. Names from files and command lines stand in messages:
/// here they lose all characters that would act on the terminal.
package func writeError(_ message: String) {
  let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
  let text = lines.joined(separator: "\n")
  _ = writeAll(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: STDERR_FILENO)
}
