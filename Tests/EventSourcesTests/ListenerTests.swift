import EventSources
import LambdaLifecycle
import Testing

/// The destination of the Telemetry API, and what broken clients do to it.
@Suite struct ListenerTests {
  private let loopback: ListenAddress

  init() throws { loopback = try ListenAddress("0") }

  private func posts(_ notices: [SourceNotice]) -> [Post] {
    notices.compactMap { if case .posted(let post) = $0 { post } else { nil } }
  }

  /// Waits until somebody was refused for that reason.
  private func expectRefusal(_ reason: String, _ inbox: Inbox) async throws {
    _ = try await inbox.take {
      if case .refused(7, let text) = $0 { text.contains(reason) } else { false }
    }
  }

  @Test("a body that is acknowledged is in the inbox, with its path and connection")
  func acknowledged() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    for (path, body) in [("/", "[1]"), ("/my-function/?a=b", "[2]")] {
      client.post(body, to: path)
      #expect(try await client.answer().hasPrefix("HTTP/1.1 200 OK"))
    }
    let found = posts(inbox.take(maxBytes: 1 << 20))
    #expect(found.map(\.path) == ["", "my-function"])
    #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["[1]", "[2]"])
    #expect(found.map(\.source) == [7, 7])
    #expect(found[0].connection == found[1].connection)
  }

  @Test("while the inbox is full nothing is acknowledged; when there is room it is")
  func backPressure() async throws {
    let inbox = try Inbox(limit: 300)
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let first = try HTTPClient(listener.address)
    first.post("[1]")
    #expect(try await first.answer().contains("200 OK"))
    let second = try HTTPClient(listener.address)
    second.post("[2]")
    #expect(posts(inbox.take(maxBytes: 0)).count == 1)
    #expect(try await second.answer().contains("200 OK"))
    #expect(posts(inbox.take(maxBytes: 0)).count == 1)
  }

  @Test("at the end nothing is acknowledged any more")
  func ending() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    inbox.close()
    let client = try HTTPClient(listener.address)
    client.post("[1]")
    #expect(try await client.answer().hasPrefix("HTTP/1.1 503"))
  }

  @Test("a GET is told what to do")
  func get() async throws {
    let listener = try TelemetryListener.start(loopback, source: 7, into: Inbox())
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try await client.answer().hasPrefix("HTTP/1.1 405"))
  }

  @Test("100 MB are refused before they are sent, and without a length as soon as they are too many")
  func tooLarge() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n")
    #expect(try await client.answer().hasPrefix("HTTP/1.1 413"))
    try await expectRefusal("4 MiB", inbox)
    let chunked = try HTTPClient(listener.address)
    chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    let block = String(repeating: "x", count: 1 << 20)
    for _ in 0..<5 { chunked.send("100000\r\n\(block)\r\n") }
    try await expectRefusal("4 MiB", inbox)
  }

  @Test("a client that stops in the middle of a body, or sends fewer bytes than it said, is told of")
  func midBody() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    do {
      let client = try HTTPClient(listener.address)
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n[1]")
    }
    _ = try await inbox.take { if case .refused = $0 { true } else { false } }
    #expect(posts(inbox.take(maxBytes: 1 << 20)).isEmpty)
  }

  @Test("what is no HTTP is refused, and the next client is served")
  func noHTTP() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    client.send("\u{1B}]0;hostile\u{7}\r\n\r\n")
    try await expectRefusal("HTTP", inbox)
    let next = try HTTPClient(listener.address)
    next.post("[1]")
    #expect(try await next.answer().contains("200 OK"))
  }

  @Test("a port that is taken is told of", arguments: ["nonsense", "1:2:3", "", "70000"])
  func addresses(text: String) throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    #expect(throws: SourceError.self) {
      try TelemetryListener.start(listener.address, source: 8, into: inbox)
    }
    #expect(throws: SourceError.badListenAddress(text)) { try ListenAddress(text) }
    #expect("\(try ListenAddress("4243"))" == "http://127.0.0.1:4243")
    #expect("\(try ListenAddress("0.0.0.0:4243"))" == "http://0.0.0.0:4243")
  }
}

/// Which environment a body is of.
@Suite struct PostedStreamTests {
  private static func start(_ instance: String) -> String {
    let name = instance.isEmpty ? "" : "\"instanceId\":\"\(instance)\","
    return """
      [{"time":"2026-07-09T06:05:45.000Z","type":"platform.initStart","record":{"initializationType":"on-demand",\
      "phase":"init",\(name)"functionName":"f","functionVersion":"$LATEST"}}]
      """
  }
  private static let request = """
    [{"time":"2026-07-09T06:05:46.000Z","type":"platform.start","record":{"requestId":"a","version":"$LATEST"}}]
    """

  /// Posts bodies, each on a connection of its own, and gives the environment of each.
  private func environments(_ bodies: [(path: String, body: String)]) async throws -> [String] {
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    let address = try inputs.listen(on: ListenAddress("0"), in: &log)
    var found: [String] = []
    for (path, body) in bodies {
      let client = try HTTPClient(address)
      client.post(body, to: path)
      #expect(try await client.answer().contains("200 OK"))
      inputs.read(into: &log, maxBytes: 1 << 20)
      found.append(log.catalog.text(log.events.last { $0.environment != .none }?.environment ?? .none))
      log.events = []
    }
    inputs.stop(into: &log)
    return found
  }

  @Test("the path of the URI names the environment")
  func path() async throws {
    let found = try await environments([
      ("/a", Self.start("")), ("/b", Self.start("")), ("/a", Self.request), ("/b", Self.request),
    ])
    #expect(found == ["a-1", "b-1", "a-1", "b-1"])
  }

  @Test("without a path it is the instance that the init names")
  func instance() async throws {
    let found = try await environments([
      ("/", Self.start("i-1")), ("/", Self.request), ("/", Self.start("i-2")), ("/", Self.start("i-1")),
    ])
    #expect(found == ["i-1", "i-1", "i-2", "i-1"])
  }

  @Test("a single environment may open a connection for each body")
  func connections() async throws {
    let found = try await environments([("/", Self.start("")), ("/", Self.request)])
    #expect(found == ["env-1", "env-1"])
  }
}
