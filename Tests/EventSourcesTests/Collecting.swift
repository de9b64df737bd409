import Dispatch
import EventSources
import Glibc
import Testing

/// Runs a blocking body on a thread of its own: the threads that run tests are as few as cores, and the work
/// that it waits for needs them too.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue(label: "test").async { continuation.resume(with: Result { try body() }) }
  }
}

extension Inbox {
  /// Takes notices until one fits, waiting for them with `poll`.
  func take(until isLast: (SourceNotice) -> Bool) async throws -> [SourceNotice] {
    var taken: [SourceNotice] = []
    while true {
      try await onThread { [descriptor] in
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, -1) < 0 && errno == EINTR {}
      }
      // One at a time: notices after the last are left for the next call.
      for notice in take(maxBytes: 0) {
        taken.append(notice)
        if isLast(notice) { return taken }
      }
    }
  }

  func takeUntilEnded() async throws -> [SourceNotice] {
    try await take {
      if case .ended = $0 { return true }
      return false
    }
  }

  /// Takes until the chunks of a stream hold this text.
  func take(until text: String, on stream: EventSources.Stream = .data) async throws -> [SourceNotice] {
    var seen: [UInt8] = []
    return try await take {
      if case .chunk(let chunk) = $0, chunk.stream == stream { seen += chunk.bytes }
      return String(decoding: seen, as: UTF8.self).contains(text)
    }
  }

  var isReadable: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }
}

extension [SourceNotice] {
  /// The text of a stream's chunks together.
  func text(_ stream: EventSources.Stream = .data) -> String {
    var bytes: [UInt8] = []
    for case .chunk(let chunk) in self where chunk.stream == stream { bytes += chunk.bytes }
    return String(decoding: bytes, as: UTF8.self)
  }

  var exitStatus: ChildStatus? {
    for case .childExited(_, let status) in self { return status }
    return nil
  }
}

/// A directory of its own that goes away with the value.
struct TemporaryDirectory: ~Copyable {
  let path: String

  init() throws {
    var template = Array("/tmp/lanes-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func file(_ name: String, _ text: String? = nil) -> String {
    if let text { append(text, to: name) }
    return "\(path)/\(name)"
  }

  func append(_ text: String, to name: String) {
    guard let file = fopen("\(path)/\(name)", "a") else { return }
    fputs(text, file)
    fclose(file)
  }

  deinit {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        unlink("\(path)/\(name)")
      }
      closedir(directory)
    }
    rmdir(path)
  }
}
