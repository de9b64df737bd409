internal import Glibc
internal import Synchronization

/// The end of the child, once it has come; wakes the thread that reads its output.
final class ChildExit: Sendable {
  private let value = Mutex<ChildStatus?>(nil)
  private let wakeup: Wakeup

  init() throws(SourceError) { wakeup = try Wakeup() }

  /// Readable when the child has ended.
  var descriptor: Int32 { wakeup.descriptor }
  var status: ChildStatus? { value.withLock { $0 } }

  func finish(_ status: ChildStatus) {
    value.withLock { $0 = status }
    wakeup.signal()
  }
}

/// Reads a child's two outputs on one thread, so that their order in time is kept as well as pipes allow.
final class ChildOutput: Sendable {
  /// For the child; whoever starts it closes them.
  let writeEnds: (stdout: Int32, stderr: Int32)
  private let readEnds: [Int32]
  private let source: Int
  private let inbox: Inbox
  private let exit: ChildExit

  init(source: Int, inbox: Inbox, exit: ChildExit) throws(SourceError) {
    let output = try makePipe()
    let error = try makePipe()
    writeEnds = (output.writeEnd, error.writeEnd)
    readEnds = [output.readEnd, error.readEnd]
    for end in readEnds { setNonBlocking(end) }
    self.source = source
    self.inbox = inbox
    self.exit = exit
  }

  deinit { for end in readEnds { close(end) } }

  /// Delivers until both outputs have ended and the child has.
  func run() {
    var open = readEnds
    var exited = exit.descriptor
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while open != [-1, -1] || exited >= 0 {
      let ready = waitUntilReadable(open + [exited])
      for index in 0...1 where ready[index] {
        if deliver(from: open[index], index, &block) == .ended { open[index] = -1 }
      }
      guard ready[2] else { continue }
      exited = -1
      // The child's last output is in the pipes. Sixteen blocks are more than a pipe holds; anything after
      // that comes from processes it left behind.
      for index in 0...1 where open[index] >= 0 {
        for _ in 0..<16 {
          let result = deliver(from: open[index], index, &block)
          if result == .ended { open[index] = -1 }
          if result != .delivered { break }
        }
      }
      inbox.put(.childExited(source: source, exit.status ?? .unknown("it was not told")))
    }
    inbox.put(.ended(source: source))
  }

  private enum Delivery { case delivered, nothingYet, ended }

  private func deliver(from descriptor: Int32, _ index: Int, _ block: inout [UInt8]) -> Delivery {
    let count = read(descriptor, &block, block.count)
    guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothingYet : .ended }
    let chunk = Chunk(
      source: source, stream: index == 0 ? .stdout : .stderr, arrival: currentTime(),
      bytes: Array(block[..<count]))
    // A closed inbox keeps nothing; the child must be able to write all the same.
    inbox.put(.chunk(chunk))
    return .delivered
  }
}
