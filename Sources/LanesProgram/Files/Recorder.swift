internal import Glibc
internal import LambdaEventFormats
package import LambdaLifecycle

/// Writes events to a recording as they happen, whole lines only.
package final class Recorder {
  private let path: String
  private let descriptor: Int32
  /// The file was not there before.
  private let isNew: Bool
  /// Payloads, which callers sent and got, are written too.
  private let keepsPayloads: Bool
  private var encoder: RecordingEncoder?
  /// The reason why it has stopped; nil while it goes on.
  package private(set) var failure: String?
  /// Events written.
  package private(set) var count = 0

  /// Makes the file, or takes the one that is there.
  /// - Parameters:
  ///   - replaces: true to replace a file that has something in it; nil where nobody can say so.
  ///   - keepsPayloads: true to write payloads too, which callers sent and got: they may be secret.
  /// - Throws: `Failure` if the file cannot be made, or has something in it.
  package init(path: String, replaces: Bool? = nil, keepsPayloads: Bool = true) throws {
    self.path = path
    self.keepsPayloads = keepsPayloads
    isNew = access(path, F_OK) != 0
    descriptor = try openFile(path, replaces: replaces)
  }

  /// Takes back all that was written.
  package func discard() {
    guard encoder != nil else { return }
    if ftruncate(descriptor, 0) == 0 { count = 0 }
    lseek(descriptor, 0, SEEK_SET)
    encoder = nil
  }

  /// A recording without an event is none: the file is as it was before.
  deinit {
    if isNew, encoder == nil { unlink(path) }
    close(descriptor)
  }

  /// Writes events, whose names the log explains.
  package func write(_ all: [LifecycleEvent], from log: EventLog) {
    let events = keepsPayloads ? all : all.filter { if case .payload = $0.kind { false } else { true } }
    guard failure == nil, let first = events.first else { return }
    var bytes: [UInt8] = []
    if encoder == nil {
      // A replaced file stays until there is something in its place.
      ftruncate(descriptor, 0)
      let begun = RecordingEncoder(
        origin: log.part?.origin ?? first.time, source: log.catalog.sources[0].kind, part: log.part)
      bytes += begun.header()
      encoder = begun
    }
    var ends: [Int] = []
    for event in events {
      encoder?.encode(event, from: log, into: &bytes)
      ends.append(bytes.count)
    }
    var written = 0
    let error = writeAll(bytes, to: descriptor, &written)
    if error == 0 {
      count += events.count
      return
    }
    failure = "recording to \(path) has stopped: \(String(cString: strerror(error)))"
    // Events that fitted are in the file, the last of them whole.
    let whole = ends.partitionPoint { $0 <= written }
    count += whole
    takeBack(written - (whole > 0 ? ends[whole - 1] : 0))
  }

  /// Takes back the beginning of a line.
  private func takeBack(_ count: Int) {
    let end = lseek(descriptor, 0, SEEK_CUR)
    if count > 0, end >= count { _ = ftruncate(descriptor, end - off_t(count)) }
  }
}
