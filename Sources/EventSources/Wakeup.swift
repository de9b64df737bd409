internal import Glibc

/// A descriptor that one thread makes readable to wake another that polls it.
struct Wakeup: ~Copyable, Sendable {
  let descriptor: Int32
  private let writeEnd: Int32

  init() throws(SourceError) {
    (descriptor, writeEnd) = try makePipe()
    for end in [descriptor, writeEnd] { setNonBlocking(end) }
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// Makes the descriptor readable; it stays so until `reset`.
  func signal() { _ = write(writeEnd, [1], 1) }

  func reset() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(descriptor, &bytes, 16) > 0 {}
  }
}

func makePipe() throws(SourceError) -> (readEnd: Int32, writeEnd: Int32) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw .noDescriptor(reason: String(cString: strerror(errno))) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

func setNonBlocking(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// Waits until one of the descriptors is readable or has hung up, and says which; -1 is never.
func waitUntilReadable(_ descriptors: [Int32]) -> [Bool] {
  var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  while poll(&requests, nfds_t(requests.count), -1) < 0 && errno == EINTR {}
  return requests.map { $0.revents != 0 }
}
