internal import Glibc

/// The bytes of a file.
/// - Throws: `Failure` that names the file and the reason.
func readWholeFile(_ path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 64 << 10)
  while true {
    let count = read(descriptor, &block, block.count)
    guard count >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
    if count == 0 { return bytes }
    bytes.append(contentsOf: block.prefix(count))
  }
}

/// True where there is such a file that can be read.
package func fileExists(_ path: String) -> Bool { access(path, R_OK) == 0 }

/// Opens a file to write to, which keeps its content until then. One with content is not overwritten unless somebody
/// says so: it may be the only record of something that cannot be repeated.
/// - Parameter replaces: nil where nobody can say so.
/// - Throws: `Failure` if it cannot be made, or has something in it.
func openFile(_ path: String, replaces: Bool? = nil) throws -> Int32 {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else {
    throw Failure(description: "cannot write to \(path): \(String(cString: strerror(errno)))")
  }
  var status = stat()
  if fstat(descriptor, &status) == 0, status.st_size > 0 {
    if replaces == true { return descriptor }
    close(descriptor)
    let advice = replaces == nil ? "remove it" : "replace it with --force"
    throw Failure(description: "\(path) exists and is not empty. Name another file, or \(advice).")
  }
  return descriptor
}

/// Writes a new file.
/// - Throws: `Failure` if it cannot be written, or has something in it.
package func writeNewFile(_ bytes: [UInt8], to path: String, replaces: Bool? = nil) throws {
  let descriptor = try openFile(path, replaces: replaces)
  defer { close(descriptor) }
  ftruncate(descriptor, 0)
  let error = writeAll(bytes, to: descriptor)
  if error != 0 { throw Failure(description: "cannot write to \(path): \(String(cString: strerror(error)))") }
}

/// Writes all bytes.
/// - Returns: 0, or the number of the error.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  var written = 0
  return writeAll(bytes, to: descriptor, &written)
}

/// Writes all bytes, and gives the number of those that were written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ written: inout Int) -> Int32 {
  written = 0
  return bytes.withUnsafeBytes { buffer in
    while written < buffer.count, let base = buffer.baseAddress {
      let count = write(descriptor, base + written, buffer.count - written)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno }
      written += count
    }
    return 0
  }
}

/// Writes to standard output. A reader that has gone away ends the program quietly, as it ends any filter.
package func writeOutput(_ bytes: [UInt8]) {
  let error = writeAll(bytes, to: STDOUT_FILENO)
  if error == 0 { return }
  if error != EPIPE {
    writeError("Error: cannot write to standard output: \(String(cString: strerror(error)))")
  }
  exit(1)
}
