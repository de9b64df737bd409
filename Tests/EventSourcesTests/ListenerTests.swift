import EventSources
import LambdaLifecycle
import Testing

/// The destination of the Telemetry API, and the harm that broken clients try.
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

  @Test("more bytes than it said: the body is what it said, the rest is no request")
  func tooManyBytes() async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n[1][2][3]\r\n\r\n")
    #expect(try await client.answer().contains("200 OK"))
    let notices = try await inbox.take { if case .refused = $0 { true } else { false } }
    #expect(posts(notices).map { String(decoding: $0.bytes, as: UTF8.self) } == ["[1]"])
  }

  @Test("a length that is none is refused", arguments: ["-1", "ten", "99999999999999999999"])
  func noLength(length: String) async throws {
    let inbox = try Inbox()
    let listener = try TelemetryListener.start(loopback, source: 7, into: inbox)
    defer { listener.stop() }
    let client = try HTTPClient(listener.address)
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n[1]")
    #expect(try await client.answer().hasPrefix("HTTP/1.1 4"))
    _ = try await inbox.take { if case .refused = $0 { true } else { false } }
    #expect(posts(inbox.take(maxBytes: 1 << 20)).isEmpty)
  }

  /// In waves, because a process has but so many descriptors: a client that waits for an answer on a connection that
  /// nobody could accept would wait for ever.
  @Test("of 10,000 connections as many stay as were asked for, and afterwards there is room again")
  func tenThousand() async throws {
    let inbox = try Inbox(limit: 64 << 10)
    let listener = try TelemetryListener.start(loopback, connections: 50, source: 7, into: inbox)
    defer { listener.stop() }
    let address = listener.address
    for _ in 0..<50 {
      let turnedAway = try await onThread { try HTTPClient.wave(of: 200, to: address, awaiting: 150) }
      #expect(turnedAway >= 150)
    }
    try await expectRefusal("more than 50 connections", inbox)
    // The listener learns of the end of the last wave in its own time.
    var answer = ""
    for _ in 0..<1_000 where answer.isEmpty {
      _ = inbox.take(maxBytes: 1 << 20)
      let client = try HTTPClient(listener.address)
      client.post("[1]")
      answer = try await client.answer()
    }
    #expect(answer.contains("200 OK"))
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

/// The environment that a body is of.
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

  @Test("what was acknowledged is there, whatever other clients break off")
  func nothingAcknowledgedIsLost() async throws {
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    let address = try inputs.listen(on: ListenAddress("0"), in: &log)
    var acknowledged = 0
    for number in 0..<100 {
      let client = try HTTPClient(address)
      client.post(Self.request, to: "/e")
      if number % 3 == 0 { try HTTPClient(address).send("POST /e HTTP/1.1\r\nContent-Length: 900\r\n\r\n[{") }
      if number % 5 == 0 { try HTTPClient(address).send("\u{1B}[2J\u{7}\r\n\r\n") }
      if try await client.answer().contains("200 OK") { acknowledged += 1 }
    }
    while inputs.inputs[0].status.refused == 0 {
      inputs.wait(milliseconds: 20_000)
      #expect(inputs.read(into: &log, maxBytes: 1 << 20))
    }
    while inputs.read(into: &log, maxBytes: 1 << 20) {}
    inputs.stop(into: &log)
    #expect(acknowledged == 100)
    #expect(inputs.inputs[1].status.lines == 100)
    #expect(inputs.inputs[0].status.lastRefusal.contains("client"))
  }

  @Test("bytes that are no UTF-8, and what a terminal would obey, are lines that are not understood")
  func hostileBody() async throws {
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    let address = try inputs.listen(on: ListenAddress("0"), in: &log)
    for body in [Self.request, "[\u{1B}]0;STOLEN\u{7}]", "{\"time\":\"\u{9B}2J\"}", Self.request] {
      let client = try HTTPClient(address)
      client.post(body, to: "/e")
      #expect(try await client.answer().contains("200 OK"))
    }
    let client = try HTTPClient(address)
    client.send("POST /e HTTP/1.1\r\nContent-Length: 3\r\n\r\n")
    client.send(bytes: [0xFF, 0xC0, 0x80])
    #expect(try await client.answer().contains("200 OK"))
    while inputs.read(into: &log, maxBytes: 1 << 20) {}
    inputs.stop(into: &log)
    #expect(inputs.inputs.last?.status.undecodable == 3)
    #expect(inputs.inputs.last?.status.state == .live)
  }

  @Test("a single environment may open a connection for each body")
  func connections() async throws {
    let found = try await environments([("/", Self.start("")), ("/", Self.request)])
    #expect(found == ["env-1", "env-1"])
  }
}
