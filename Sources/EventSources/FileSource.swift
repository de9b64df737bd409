internal import Dispatch
internal import Glibc

/// Reads a file, a FIFO or standard input on a thread of its own.
package final class FileSource: Sendable {
  private let stopping: Wakeup
  private let file: OpenFile
  private let source: Int
  private let inbox: Inbox

  /// Opens the file and begins to read.
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - follow: whether to go on as a regular file grows. It ends when the file is deleted.
  /// - Throws: `SourceError`, before anything is delivered.
  @discardableResult
  package static func start(
    path: String, follow: Bool = false, source: Int, into inbox: Inbox
  ) throws(SourceError) -> FileSource {
    let reader = try FileSource(path: path, follow: follow, source: source, inbox: inbox)
    DispatchQueue(label: "lanes.file").async { reader.run() }
    return reader
  }

  private init(path: String, follow: Bool, source: Int, inbox: Inbox) throws(SourceError) {
    stopping = try Wakeup()
    file = try OpenFile(path: path, follow: follow)
    self.source = source
    self.inbox = inbox
  }

  /// Makes the thread end, after which `ended` is delivered.
  package func stop() { stopping.signal() }

  private func run() {
    var block = [UInt8](repeating: 0, count: 256 << 10)
    reading: while true {
      let ready = waitUntilReadable([stopping.descriptor, file.descriptor])
      if ready[0] { break }
      let count = read(file.descriptor, &block, block.count)
      switch count {
      case 1...:
        let chunk = Chunk(
          source: source, stream: .data, arrival: currentTime(), bytes: Array(block[..<count]))
        if !inbox.put(.chunk(chunk)) { break reading }
      case 0:
        guard file.waitForMore(orStop: stopping.descriptor) else { break reading }
      default:
        if errno == EINTR || errno == EAGAIN { continue }
        inbox.put(.failed(source: source, message: String(cString: strerror(errno))))
        break reading
      }
    }
    inbox.put(.ended(source: source))
  }
}
