import ArgumentParser
import Glibc

/// Checks the name of a file that is to be written.
/// - Throws: `ValidationError` if it is also an input.
func expectOther(_ output: String, than inputs: [String]) throws {
  var written = stat()
  guard stat(output, &written) == 0, written.st_mode & S_IFMT == S_IFREG else { return }
  for input in inputs {
    var read = stat()
    guard stat(input, &read) == 0, read.st_dev == written.st_dev, read.st_ino == written.st_ino else {
      continue
    }
    throw ValidationError("-o \(output) is what is read: expected another file.")
  }
}
