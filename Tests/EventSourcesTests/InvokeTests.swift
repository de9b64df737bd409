import EventSources
import Glibc
import Testing

@Suite struct InvokeTests {
  /// A server that answers one connection after another with the given bytes, and keeps the requests.
  private struct Server: ~Copyable {
    let listener: Int32
    let port: Int

    init() throws {
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let bound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
        }
      }
      try #require(bound)
      self.listener = listener
      port = Int(UInt16(bigEndian: address.sin_port))
    }

    func listenNow() { listen(listener, 8) }

    deinit { close(listener) }

    /// Takes a connection, reads a request up to `end`, answers and hangs up.
    @discardableResult
    func answer(_ text: String, after end: String) async throws -> String {
      try await onThread { [listener] in Self.answer(text, after: end, on: listener) }
    }

    /// Takes that many connections before it answers any.
    /// - Returns: how many there were within some seconds.
    func answerTogether(_ count: Int) async throws -> Int {
      try await onThread { [listener] in
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var connections: [Int32] = []
        while connections.count < count {
          let connection = accept(listener, nil, nil)
          guard connection >= 0 else { break }
          connections.append(connection)
        }
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".utf8)
        for connection in connections {
          var block = [UInt8](repeating: 0, count: 4096)
          _ = read(connection, &block, block.count)
          _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
          close(connection)
        }
        return connections.count
      }
    }

    private static func answer(_ text: String, after end: String, on listener: Int32) -> String {
      let connection = accept(listener, nil, nil)
      var request: [UInt8] = []
      var block = [UInt8](repeating: 0, count: 4096)
      while !String(decoding: request, as: UTF8.self).contains(end) {
        let count = read(connection, &block, block.count)
        guard count > 0 else { break }
        request += block[..<count]
      }
      let bytes = Array(text.utf8)
      var sent = 0
      while sent < bytes.count {
        let count = send(connection, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
        guard count > 0 else { break }
        sent += count
      }
      close(connection)
      return String(decoding: request, as: UTF8.self)
    }
  }

  private func result(_ inbox: Inbox) async throws -> InvokeResult? {
    let notices = try await inbox.take(until: { _ in true })
    guard case .invokeFinished(let result) = notices.last else { return nil }
    return result
  }

  @Test func sendsOneAfterAnotherAndDeliversTheAnswers() async throws {
    let server = try Server()
    server.listenNow()
    let inbox = try Inbox()
    let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
    #expect(client.invoke(Array(#"{"n":1}"#.utf8)) == 1)
    #expect(client.invoke(Array(#"{"n":2}"#.utf8)) == 2)
    let first = try await server.answer(
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\"ok\"", after: #"{"n":1}"#)
    #expect(first.hasPrefix("POST /2015-03-31/functions/function/invocations HTTP/1.1\r\n"))
    #expect(first.contains("Host: 127.0.0.1:\(server.port)\r\n"))
    let one = try #require(await result(inbox))
    #expect(one.number == 1)
    #expect(one.outcome == .answered(status: 200, body: Array(#""ok""#.utf8), isCut: false))
    #expect(one.sent <= one.finished)
    try await server.answer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", after: #"{"n":2}"#)
    let two = try #require(await result(inbox))
    #expect(two.number == 2 && two.outcome == .answered(status: 502, body: [], isCut: false))
    #expect(two.sent >= one.finished)
  }

  /// Another test may have taken all descriptors for a moment: then it is tried again.
  @Test func severalAtOnceWhereTheEmulatorCan() async throws {
    for _ in 0..<5 {
      let server = try Server()
      server.listenNow()
      let inbox = try Inbox()
      let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
      for _ in 1...2 { client.invoke(Array("{}".utf8), isAlone: false) }
      guard try await server.answerTogether(2) == 2 else { continue }
      var numbers: Set<Int> = []
      _ = try await inbox.take { notice in
        if case .invokeFinished(let result) = notice { numbers.insert(result.number) }
        return numbers.count == 2
      }
      #expect(numbers == [1, 2])
      return
    }
    Issue.record("expected two requests under way at once")
  }

  @Test func keepsOnlyTheBeginningOfALongAnswer() async throws {
    let server = try Server()
    server.listenNow()
    let inbox = try Inbox()
    let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
    client.invoke([0x7B, 0x7D])
    let body = String(repeating: "x", count: 100_000)
    try await server.answer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n\(body)", after: "{}")
    let answer = try #require(await result(inbox))
    #expect(answer.outcome == .answered(status: 200, body: Array(body.utf8.prefix(65536)), isCut: true))
  }

  @Test(arguments: [
    ("", "closed before the answer"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "before the answer"),
    ("hello, who is there?\r\n", "does not speak HTTP"),
  ])
  func saysWhatWasWrongWithAnAnswer(text: String, explanation: String) async throws {
    let server = try Server()
    server.listenNow()
    let inbox = try Inbox()
    let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
    client.invoke([0x7B, 0x7D])
    try await server.answer(text, after: "{}")
    guard case .failed(let message) = try #require(await result(inbox)).outcome else {
      Issue.record("an answer was found")
      return
    }
    #expect(message.contains(explanation))
  }

  @Test func saysWhenNobodyListens() async throws {
    let server = try Server()
    let inbox = try Inbox()
    let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
    client.invoke([])
    #expect(
      try #require(await result(inbox)).outcome
        == .failed(
          "nothing listens on 127.0.0.1:\(server.port): is the emulator running? --invoke URL names another"))
  }

  @Test func isPatientWithAnEmulatorThatHasJustBeenStarted() async throws {
    let server = try Server()
    let inbox = try Inbox()
    let client = InvokeClient(try InvokeURL("http://127.0.0.1:\(server.port)"), results: inbox)
    // Nothing listens yet, so the first request fails at once and the second begins to try.
    client.invoke([])
    client.invoke([0x7B, 0x7D], patience: .seconds(60))
    guard case .failed = try #require(await result(inbox)).outcome else {
      Issue.record("an answer was found")
      return
    }
    server.listenNow()
    try await server.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", after: "{}")
    #expect(try #require(await result(inbox)).outcome == .answered(status: 200, body: [], isCut: false))
  }

  @Test(arguments: [
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/2015-03-31/functions/function/invocations"),
    ("http://localhost:9000/", "http://localhost:9000/2015-03-31/functions/function/invocations"),
    ("HTTP://example.test/a/b?c=d", "http://example.test:80/a/b?c=d"),
    ("http://[::1]:8080/x", "http://[::1]:8080/x"),
  ])
  func readsAnInvokeURL(text: String, expected: String) throws {
    #expect(try InvokeURL(text).description == expected)
  }

  @Test(arguments: [
    "", "https://127.0.0.1", "127.0.0.1:8080", "http://", "http://:8080", "http://a:0", "http://a:65536",
    "http://a:x", "http://a:", "http://user@a:80", "http://[::1", "http://[]:1", "http://[::1]8080",
    "http://a b/", "http://a/b c", "http://a/\r\nX: y",
  ])
  func refusesWhatIsNoInvokeURL(text: String) {
    #expect(throws: SourceError.self) { try InvokeURL(text) }
  }

  @Test func saysWhatAnInvokeURLLooksLike() {
    let message = "\(SourceError.badInvokeURL("https://a", reason: "it does not begin with http://"))"
    #expect(message.contains("http://127.0.0.1:8080/2015-03-31/functions/function/invocations"))
  }

  @Test(
    arguments: [
      (["aws-lambda-rie", "python3", "-m", "awslambdaric"], "127.0.0.1:8080"),
      (["/opt/aws-lambda-rie-arm64", "x"], "127.0.0.1:8080"),
      (["aws-lambda-rie", "--runtime-interface-emulator-address", "127.0.0.1:9001", "x"], "127.0.0.1:9001"),
      (["aws-lambda-rie", "--runtime-interface-emulator-address=0.0.0.0:9002", "x"], "127.0.0.1:9002"),
      (["aws-lambda-rie", "--runtime-interface-emulator-address=:9003", "x"], "127.0.0.1:9003"),
      (["aws-lambda-rie", "--runtime-interface-emulator-address=[::]:9004", "x"], "127.0.0.1:9004"),
      (["aws-lambda-rie", "--runtime-interface-emulator-address=nonsense:port", "x"], nil),
      (["docker", "run", "--rm", "-p", "9000:8080", "image"], "127.0.0.1:9000"),
      (["podman", "run", "--publish=127.0.0.1:9005:8080", "image"], "127.0.0.1:9005"),
      (["docker", "run", "-p", "9000:80", "image"], nil), (["docker", "logs", "-f", "it"], nil),
      (["cargo", "lambda", "watch"], "127.0.0.1:9000"),
      (["cargo-lambda", "watch", "-p", "9006", "-a", "0.0.0.0"], "127.0.0.1:9006"),
      (["cargo", "build"], nil), (["cargo", "lambda", "build"], nil),
      (["python3", "aws-lambda-rie"], nil), ([], nil),
    ] as [([String], String?)])
  func findsTheAddressOfACommandsEmulator(command: [String], expected: String?) {
    #expect(EmulatorCommand(command).url?.authority == expected)
  }

  @Test func namesTheOnlyFunctionOfCargoLambda() {
    #expect(
      EmulatorCommand(["cargo", "lambda", "watch"]).url?.description
        == "http://127.0.0.1:9000/2015-03-31/functions/_/invocations")
  }

  @Test(
    arguments: [
      (["sam", "local", "start-lambda"], "http://127.0.0.1:3001/2015-03-31/functions/NAME/invocations"),
      (["sam", "local", "start-lambda", "--port", "4001"], "http://127.0.0.1:4001/"),
      (["sam", "local", "start-api", "--host=0.0.0.0"], "http://127.0.0.1:3000/PATH"),
      (["sam", "local", "invoke"], "sam local invoke runs one invocation"),
      (["localstack", "start"], "http://127.0.0.1:4566/2015-03-31/functions/NAME/invocations"),
    ])
  func tellsWhatIsMissingWhereTheCommandDoesNotNameTheFunction(command: [String], expected: String) {
    let emulator = EmulatorCommand(command)
    #expect(emulator.url == nil)
    #expect(emulator.hint.contains(expected))
  }
}
