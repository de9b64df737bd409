internal import Glibc
package import LambdaLifecycle

/// The output of a source that bytes came from.
package enum Stream: Equatable, Sendable { case data, stdout, stderr }

/// Bytes as they came; a line may be spread over several chunks.
package struct Chunk: Equatable, Sendable {
  /// The number that the caller gave the source.
  package var source: Int
  package var stream: Stream
  /// The moment when they were read from the source.
  package var arrival: Timestamp
  package var bytes: [UInt8]

  package init(source: Int, stream: Stream, arrival: Timestamp, bytes: [UInt8]) {
    self.source = source
    self.stream = stream
    self.arrival = arrival
    self.bytes = bytes
  }
}

/// The end of a child process.
package enum ChildStatus: Equatable, Sendable, CustomStringConvertible {
  case exited(Int32)
  case signaled(Int32)
  /// The system gave no status; why.
  case unknown(String)

  /// As a shell calls it: 128 and the number of the signal.
  package var shellStatus: Int32 {
    switch self {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    case .unknown: 1
    }
  }

  package var description: String {
    switch self {
    case .exited(let code): "exited with status \(code)"
    case .signaled(let signal): "ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    case .unknown(let reason): "ended, status unknown: \(reason)"
    }
  }
}

/// News from a source to the program's loop.
package enum SourceNotice: Equatable, Sendable {
  case chunk(Chunk)
  /// There will be no more chunks from this source.
  case ended(source: Int)
  /// The source broke off, as the text says; `ended` follows.
  case failed(source: Int, message: String)
  /// The next bytes are from the beginning of a file; why.
  case begunAnew(source: Int, reason: String)
  /// Something is in the way that may pass; it is tried again at `until`.
  case stalled(source: Int, reason: String, until: Timestamp)
  /// All that the child itself wrote has been delivered; processes it left behind may still write.
  case childExited(source: Int, ChildStatus)
  case invokeFinished(InvokeResult)
  /// A listener got a body.
  case posted(Post)
  /// A listener has refused a body that somebody sent; why.
  case refused(source: Int, reason: String)

  /// Its share of the inbox's bound, in bytes.
  var size: Int {
    switch self {
    // A chunk of one byte costs memory too.
    case .chunk(let chunk): chunk.bytes.count + 128
    case .posted(let post): post.bytes.count + 256
    // A flood of them is bounded too.
    case .refused: 128
    default: 0
    }
  }
}

/// The time now, in nanoseconds since the Unix epoch.
package func currentTime() -> Timestamp { now(by: CLOCK_REALTIME) }

/// Nanoseconds of a clock that never jumps.
package func monotonicTime() -> Timestamp { now(by: CLOCK_MONOTONIC) }

private func now(by clock: clockid_t) -> Timestamp {
  var time = timespec()
  clock_gettime(clock, &time)
  return .seconds(Int64(time.tv_sec)) &+ Int64(time.tv_nsec)
}
