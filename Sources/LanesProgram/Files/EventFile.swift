internal import Glibc
internal import LambdaEventFormats

/// The payload of requests: a file, read anew for each request, so that it can be edited in between.
package struct EventFile {
  private let path: String?
  /// A pipe can be read once only.
  private let piped: [UInt8]?

  /// - Parameter path: nil for `{}`.
  /// - Throws: `Failure` if it cannot be read.
  package init(_ path: String?) throws {
    self.path = path
    var status = stat()
    let isFile = path.map { stat($0, &status) == 0 && status.st_mode & S_IFMT == S_IFREG } ?? true
    // A name that was misspelled is reported at once.
    let bytes = try path.map(readWholeFile)
    piped = isFile ? nil : bytes
  }

  /// Its name for people.
  var name: String { path ?? "{}" }

  /// The bytes for a function, which takes JSON alone; `{}` of an empty file.
  /// - Throws: `Failure`.
  func json() throws -> [UInt8] {
    let bytes = try read()
    if bytes.isEmpty { return Array("{}".utf8) }
    guard bytes.withUnsafeBytes({ JSONText.isValid($0) }) else {
      throw Failure(description: "nothing sent: expected JSON in \(name), which is the event of a request")
    }
    return bytes
  }

  /// The bytes to send now.
  /// - Throws: `Failure` if the file cannot be read any more.
  func read() throws -> [UInt8] {
    guard let path else { return Array("{}".utf8) }
    do { return try piped ?? readWholeFile(path) } catch {
      throw Failure(
        description: "nothing sent: expected the event in \(error); write it again, and send it again")
    }
  }
}
