import EventSources
import Foundation
import Testing

/// A file packed by `gzip` is read like any other.
@Suite struct GzipTests {
  private let text = (0..<200_000).map { "line \($0)\n" }.joined()

  private func packed(_ text: String) async throws -> Data {
    try await onThread {
      let path = NSTemporaryDirectory() + "lanes-gzip-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", path]
      try process.run()
      process.waitUntilExit()
      return try Data(contentsOf: URL(fileURLWithPath: path + ".gz"))
    }
  }

  /// The reading of a file with these bytes.
  private func read(_ bytes: Data) async throws -> (text: String, failures: [String]) {
    let path = NSTemporaryDirectory() + "lanes-gzip-\(UUID().uuidString)"
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let inbox = try Inbox()
    try FileSource.start(path: path, source: 0, into: inbox)
    let notices = try await inbox.takeUntilEnded()
    let failures = notices.compactMap { notice -> String? in
      if case .failed(_, let message) = notice { message } else { nil }
    }
    return (notices.text(), failures)
  }

  @Test func isUnpacked() async throws {
    let found = try await read(await packed(text))
    #expect(found.text == text)
    #expect(found.failures.isEmpty)
  }

  /// `cat a.gz b.gz` is packed data too; other bytes behind it are left alone, as gzip does.
  @Test func severalInARow() async throws {
    var bytes = try await packed("one\n")
    bytes += try await packed("two\n")
    let found = try await read(bytes + Data("tail".utf8))
    #expect(found.text == "one\ntwo\n")
    #expect(found.failures.isEmpty)
  }

  @Test func whatIsCutOffIsToldAndTheRestKept() async throws {
    let whole = try await packed(text)
    let found = try await read(whole.prefix(whole.count / 2))
    #expect(text.hasPrefix(found.text))
    #expect(found.text.count > text.count / 4)
    #expect(found.failures.count == 1)
    #expect(found.failures.first?.contains("ends before it") == true)
  }

  @Test func whatIsDamagedIsTold() async throws {
    var damaged = try await packed(text)
    // The checksum is the last but four bytes.
    damaged[damaged.count - 8] ^= 0xFF
    let found = try await read(damaged)
    #expect(found.text == text)
    #expect(found.failures.count == 1)
    #expect(found.failures.first?.contains("gzip -t") == true)
  }

  /// One byte may be the first of packed data, and is not.
  @Test(arguments: [[0x1F], [0x1F, 0x8B], [0x41], []] as [[UInt8]]) func aFewBytes(bytes: [UInt8])
    async throws
  {
    let found = try await read(Data(bytes))
    #expect(Array(found.text.utf8) == (bytes == [0x1F, 0x8B] ? [] : bytes))
    #expect(found.failures.count == (bytes == [0x1F, 0x8B] ? 1 : 0))
  }
}
