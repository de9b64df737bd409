import EventSources
import Glibc
import Testing

@Suite struct FileSourceTests {
  @Test func readsAFileToItsEnd() async throws {
    let directory = try TemporaryDirectory()
    let text = String(repeating: "0123456789\n", count: 60_000)
    let inbox = try Inbox()
    try FileSource.start(path: directory.file("a", text), source: 7, into: inbox)
    let notices = try await inbox.takeUntilEnded()
    #expect(notices.text() == text)
    #expect(notices.last == .ended(source: 7))
    guard case .chunk(let chunk) = notices.first else {
      Issue.record("no chunk")
      return
    }
    #expect(chunk.source == 7 && chunk.stream == .data && chunk.bytes.count <= 256 << 10)
    #expect(chunk.arrival > .zero)
  }

  @Test func followsAFileAsItGrowsUntilStopped() async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let path = directory.file("a", "one\n")
    let reader = try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    #expect(try await inbox.take(until: "one\n").text() == "one\n")
    directory.append("two\n", to: "a")
    #expect(try await inbox.take(until: "two\n").text() == "two\n")
    reader.stop()
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 1)])
  }

  @Test func beginsAnewWhenAFollowedFileIsCutShort() async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let path = directory.file("a", "a long first line\n")
    let reader = try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    _ = try await inbox.take(until: "line\n")
    truncate(path, 0)
    directory.append("anew\n", to: "a")
    #expect(try await inbox.take(until: "anew\n").text().hasSuffix("anew\n"))
    reader.stop()
    _ = try await inbox.takeUntilEnded()
  }

  /// As logrotate does, and as programs that write a file anew beside it and rename it.
  @Test(arguments: [true, false]) func goesOnWithTheFileThatTakesItsPlace(isKept: Bool) async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let path = directory.file("a", "one\nhalf")
    let reader = try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    _ = try await inbox.take(until: "half")
    if isKept {
      rename(path, directory.file("a.1"))
      // Bytes that are still written to the old one are not lost.
      directory.append(" and half", to: "a.1")
      _ = try await inbox.take(until: " and half")
      directory.append("two\n", to: "a")
    } else {
      rename(directory.file("b", "two\n"), path)
    }
    let notices = try await inbox.take(until: "two\n")
    // The line that was begun does not get bytes of another.
    #expect(notices.text() == "\ntwo\n")
    #expect(
      notices.contains {
        if case .begunAnew(1, let why) = $0 { why.contains("taken its place") } else { false }
      })
    directory.append("three\n", to: "a")
    #expect(try await inbox.take(until: "three\n").text() == "three\n")
    reader.stop()
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 1)])
  }

  @Test func aLineThatWasBegunBeforeACutIsALineOfItsOwn() async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let path = directory.file("a", "one\nhalf a line")
    let reader = try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    _ = try await inbox.take(until: "half a line")
    truncate(path, 0)
    let cut = try await inbox.take { if case .begunAnew = $0 { true } else { false } }
    #expect(cut.text() == "\n")
    directory.append("new\n", to: "a")
    #expect(try await inbox.take(until: "new\n").text() == "new\n")
    reader.stop()
    _ = try await inbox.takeUntilEnded()
  }

  @Test func writersOfAFIFOComeAndGo() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("fifo")
    try #require(mkfifo(path, 0o600) == 0)
    let inbox = try Inbox()
    let reader = try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    for number in 1...50 {
      directory.append("writer \(number)\nhalf", to: "fifo")
      #expect(try await inbox.take(until: "half\n").text() == "writer \(number)\nhalf\n")
    }
    reader.stop()
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 1)])
  }

  @Test func endsWhenAFollowedFileIsDeleted() async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let path = directory.file("a", "one\n")
    try FileSource.start(path: path, follow: true, source: 1, into: inbox)
    _ = try await inbox.take(until: "one\n")
    unlink(path)
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 1)])
  }

  @Test func readsAFIFOWhoseWriterComesLater() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("fifo")
    try #require(mkfifo(path, 0o600) == 0)
    let inbox = try Inbox()
    try FileSource.start(path: path, source: 1, into: inbox)
    directory.append("through\n", to: "fifo")
    #expect(try await inbox.takeUntilEnded().text() == "through\n")
  }

  @Test func aWriterWaitsWhenNobodyTakes() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("fifo")
    try #require(mkfifo(path, 0o600) == 0)
    let inbox = try Inbox(limit: 64 << 10)
    try FileSource.start(path: path, source: 1, into: inbox)
    let writer = open(path, O_WRONLY | O_NONBLOCK)
    try #require(writer >= 0)
    // Pipe (64 KiB), the reader's block (256 KiB) and inbox are bounded, so at last nothing can be written.
    let block = [UInt8](repeating: 10, count: 4096)
    var written = 0
    while true {
      let count = write(writer, block, block.count)
      if count > 0 {
        written += count
        try #require(written < 16 << 20)
        continue
      }
      var request = pollfd(fd: writer, events: Int16(POLLOUT), revents: 0)
      if poll(&request, 1, 200) == 0 { break }
    }
    #expect(written > 64 << 10)
    close(writer)
    #expect(try await inbox.takeUntilEnded().text().utf8.count == written)
  }

  @Test func saysWhyAFileCannotBeRead() async throws {
    let directory = try TemporaryDirectory()
    let inbox = try Inbox()
    let missing = directory.file("missing")
    #expect(throws: SourceError.cannotOpen(path: missing, reason: "No such file or directory")) {
      try FileSource.start(path: missing, source: 1, into: inbox)
    }
    #expect(throws: SourceError.isDirectory(path: directory.path)) {
      try FileSource.start(path: directory.path, source: 1, into: inbox)
    }
    #expect("\(SourceError.isDirectory(path: "logs"))".contains("Name a file in it"))
    #expect(!inbox.isReadable)
  }
}
