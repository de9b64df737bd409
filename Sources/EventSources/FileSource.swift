internal import Dispatch
internal import Glibc

/// Reads a file, a FIFO or standard input on a thread of its own; data of gzip is unpacked.
package final class FileSource: Sendable {
  private let stopping: Wakeup
  private let file: OpenFile
  private let source: Int
  private let inbox: Inbox

  /// Opens the file and begins to read.
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - follow: goes on as a regular file grows, is cut short or gives its place to another, and with the
  ///     next writer of a FIFO. It ends when the file is deleted.
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

  /// Bytes read, and bytes in the file; nil if it is no regular file.
  var progress: (read: Int, size: Int)? { file.progress }

  private func run() {
    var block = [UInt8](repeating: 0, count: 256 << 10)
    var reading = Reading()
    reading: while true {
      let ready = waitUntilReadable([stopping.descriptor, file.descriptor])
      if ready[0] { break }
      let count = read(file.descriptor, &block, block.count)
      switch count {
      case 1...:
        guard deliver(block[..<count], &reading) else { break reading }
      case 0:
        switch file.waitForMore(orStop: stopping.descriptor) {
        case .more: continue
        case .anew(let reason): beginAnew(&reading, reason)
        case .ended:
          finish(&reading)
          break reading
        }
      default:
        if errno == EINTR || errno == EAGAIN { continue }
        inbox.put(.failed(source: source, message: String(cString: strerror(errno))))
        break reading
      }
    }
    inbox.put(.ended(source: source))
  }

  /// The state of reading a file.
  private struct Reading {
    var unpacking = Unpacking()
    /// The bytes delivered last end within a line.
    var isWithinLine = false
  }

  /// - Returns: false if no more bytes are wanted, or there are none.
  private func deliver(_ bytes: ArraySlice<UInt8>, _ reading: inout Reading) -> Bool {
    var isWanted = true
    var isWithinLine = reading.isWithinLine
    do {
      try reading.unpacking.read(Array(bytes)) { bytes in
        isWithinLine = bytes.last != UInt8(ascii: "\n")
        isWanted = put(bytes)
        return isWanted
      }
    } catch {
      inbox.put(.failed(source: source, message: FileSource.damaged))
      return false
    }
    reading.isWithinLine = isWithinLine
    return isWanted
  }

  /// Ends a line that was begun before: the next bytes do not belong to it.
  private func beginAnew(_ reading: inout Reading, _ reason: String?) {
    let (rest, _) = reading.unpacking.finish()
    if reading.isWithinLine || !rest.isEmpty { _ = put(rest + [UInt8(ascii: "\n")]) }
    if let reason { inbox.put(.begunAnew(source: source, reason: reason)) }
    reading = Reading()
  }

  private func finish(_ reading: inout Reading) {
    let (rest, isCutOff) = reading.unpacking.finish()
    if !rest.isEmpty { _ = put(rest) }
    if isCutOff { inbox.put(.failed(source: source, message: FileSource.cutOff)) }
  }

  private func put(_ bytes: [UInt8]) -> Bool {
    inbox.put(
      .chunk(Chunk(source: source, stream: .data, arrival: currentTime(), bytes: bytes)))
  }

  private static let damaged =
    "expected data packed by gzip, found something else in it; what came before is shown. Check it with gzip -t."
  private static let cutOff =
    "expected the end of the data packed by gzip, but the file ends before it; what came before is shown. Is it "
    + "still being written or copied?"
}
