import NIOCore
import Testing

@testable import LambdaEmulator

/// The forms that subscriptions may have, each member missing, wrong, at its limits and beyond (the schema in
/// the emulator's code).
@Suite struct TelemetrySubscriptionTests {
  /// A subscription as a text, in which a member is another one or, where that is nil, none.
  private static func text(_ member: String = "", _ other: String? = nil) -> String {
    let members = [
      ("schemaVersion", #""2022-12-13""#), ("types", #"["platform"]"#),
      ("buffering", #"{"maxItems":1000,"maxBytes":262144,"timeoutMs":100}"#),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:8080"}"#),
    ]
    let texts = members.compactMap { name, value -> String? in
      let value = name == member ? other : value
      return value.map { "\"\(name)\":\($0)" }
    }
    return "{" + texts.joined(separator: ",") + "}"
  }

  private static func read(_ text: String) throws -> TelemetrySubscription {
    try TelemetrySubscription(ByteBuffer(string: text))
  }

  private static func problem(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch { return (error as? TelemetrySubscription.Invalid)?.words ?? "\(error)" }
  }

  @Test("All of it")
  func all() throws {
    let subscription = try Self.read(Self.text())
    #expect(subscription.kinds == .platform)
    #expect(subscription.buffering.items == 1_000)
    #expect(subscription.buffering.bytes == 262_144)
    #expect(subscription.buffering.milliseconds == 100)
    #expect(subscription.destination == .http(port: 8_080, path: "/"))
  }

  @Test(
    "Without buffering, or with parts of it, there are defaults",
    arguments: [
      (nil, 10_000, 262_144, 1_000), ("null", 10_000, 262_144, 1_000), ("{}", 10_000, 262_144, 1_000),
      (#"{"maxItems":1000}"#, 1_000, 262_144, 1_000), (#"{"maxItems":10000}"#, 10_000, 262_144, 1_000),
      (#"{"maxBytes":262144}"#, 10_000, 262_144, 1_000), (#"{"maxBytes":1048576}"#, 10_000, 1_048_576, 1_000),
      (#"{"timeoutMs":25}"#, 10_000, 262_144, 25), (#"{"timeoutMs":30000}"#, 10_000, 262_144, 30_000),
    ] as [(String?, Int, Int, Int)])
  func buffering(text: String?, items: Int, bytes: Int, milliseconds: Int) throws {
    let buffering = try Self.read(Self.text("buffering", text)).buffering
    #expect(buffering.items == items)
    #expect(buffering.bytes == bytes)
    #expect(buffering.milliseconds == milliseconds)
  }

  @Test("Schemas", arguments: ["2022-07-01", "2022-12-13", "2025-01-29"])
  func schemas(_ version: String) {
    #expect(Self.problem(Self.text("schemaVersion", "\"\(version)\"")) == nil)
  }

  @Test("Kinds, in any order")
  func kinds() throws {
    let all = try Self.read(Self.text("types", #"["extension","function","platform","function"]"#))
    #expect(all.kinds.names == ["platform", "function", "extension"])
  }

  @Test(
    "Where events go to",
    arguments: [
      (#"{"protocol":"HTTP","URI":"http://sandbox.localdomain:1"}"#, .http(port: 1, path: "/")),
      (
        #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:65535/a/b?c=d#e"}"#,
        .http(port: 65_535, path: "/a/b?c=d")
      ),
      (#"{"protocol":"HTTP","URI":"HTTP://Sandbox.LocalDomain/x"}"#, .http(port: 80, path: "/x")),
      (#"{"protocol":"HTTP","URI":"http://sandbox:8080?q"}"#, .http(port: 8_080, path: "/?q")),
      (#"{"protocol":"TCP","port":1}"#, .tcp(port: 1)),
      (#"{"protocol":"TCP","port":65535}"#, .tcp(port: 65_535)),
    ] as [(String, TelemetrySubscription.Destination)])
  func destinations(text: String, expected: TelemetrySubscription.Destination) throws {
    #expect(try Self.read(Self.text("destination", text)).destination == expected)
  }

  @Test("What is no object", arguments: ["", "nonsense", "[]", "1", "{", "null"])
  func noObject(_ text: String) {
    #expect(Self.problem(text) == "expected an object of JSON")
  }

  private static let http = "destination.URI: expected http://sandbox.localdomain:PORT/PATH"
  private static let port = "destination.port: expected a whole number from 1 to 65535"
  private static let types = "types: expected at least one of platform, function, extension"
  private static let schema = "schemaVersion: expected one of 2025-01-29, 2022-12-13, 2022-07-01"
  private static let items = "buffering.maxItems: expected a whole number from 1000 to 10000"
  private static let bytes = "buffering.maxBytes: expected a whole number from 262144 to 1048576"
  private static let timeout = "buffering.timeoutMs: expected a whole number from 25 to 30000"

  @Test(
    "What is missing or wrong is named",
    arguments: [
      ("schemaVersion", nil, schema), ("schemaVersion", "null", schema), ("schemaVersion", "2022", schema),
      ("schemaVersion", #""2021-03-18""#, schema),
      ("types", nil, types), ("types", "null", types), ("types", "[]", types),
      ("types", #""platform""#, types),
      ("types", #"["platform","other"]"#, types), ("types", "[1]", types), ("types", #"["Platform"]"#, types),
      ("buffering", "[]", "buffering: expected an object"),
      ("buffering", "1", "buffering: expected an object"),
      ("buffering", #"{"maxItems":999}"#, items), ("buffering", #"{"maxItems":10001}"#, items),
      ("buffering", #"{"maxItems":"1000"}"#, items), ("buffering", #"{"maxItems":1000.5}"#, items),
      ("buffering", #"{"maxItems":null}"#, items),
      ("buffering", #"{"maxBytes":262143}"#, bytes), ("buffering", #"{"maxBytes":1048577}"#, bytes),
      ("buffering", #"{"timeoutMs":24}"#, timeout), ("buffering", #"{"timeoutMs":30001}"#, timeout),
      ("buffering", #"{"timeoutMs":-25}"#, timeout),
      ("destination", nil, "destination: expected an object"),
      ("destination", "null", "destination: expected an object"),
      ("destination", "{}", "destination.protocol: expected HTTP or TCP"),
      ("destination", #"{"protocol":"UDP"}"#, "destination.protocol: expected HTTP or TCP"),
      ("destination", #"{"protocol":"HTTP"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":8080}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"https://sandbox.localdomain:8080"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://example.com:8080"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:0"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:65536"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:8080/a b"}"#, http),
      ("destination", #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:8080/\r\nX: y"}"#, http),
      ("destination", #"{"protocol":"TCP"}"#, port), ("destination", #"{"protocol":"TCP","port":0}"#, port),
      ("destination", #"{"protocol":"TCP","port":65536}"#, port),
      ("destination", #"{"protocol":"TCP","port":"8080"}"#, port),
    ] as [(String, String?, String)])
  func wrong(member: String, text: String?, words: String) {
    #expect(Self.problem(Self.text(member, text)) == words)
  }

  @Test(
    "Port 9001 is reserved",
    arguments: [
      #"{"protocol":"HTTP","URI":"http://sandbox.localdomain:9001"}"#, #"{"protocol":"TCP","port":9001}"#,
    ])
  func reservedPort(_ destination: String) {
    #expect(Self.problem(Self.text("destination", destination)) == "destination: port 9001 is reserved")
  }
}

/// The events that wait for a subscriber.
@Suite struct TelemetryBufferTests {
  private func limits(_ items: Int, _ bytes: Int) -> TelemetrySubscription.Buffering {
    TelemetrySubscription.Buffering(items: items, bytes: bytes, milliseconds: 1_000)
  }

  private func add(_ event: [UInt8], to buffer: inout TelemetryBuffer) -> Bool { buffer.add(event) }

  @Test("It is full by so many events, and what comes then is counted")
  func items() {
    var buffer = TelemetryBuffer(limits(2, 1_000))
    #expect(buffer.isEmpty)
    #expect(add([1], to: &buffer) == true)
    #expect(!buffer.isFull && !buffer.isEmpty)
    #expect(add([2], to: &buffer) == true)
    #expect(buffer.isFull)
    #expect(add([3, 4, 5], to: &buffer) == false)
    #expect(add([6], to: &buffer) == false)
    #expect(buffer.droppedRecords == 2)
    #expect(buffer.droppedBytes == 4)
    let taken = buffer.take()
    #expect(taken == [[1], [2]])
    #expect(!buffer.isFull)
    // The events dropped are still to be reported.
    #expect(!buffer.isEmpty)
    let dropped = buffer.takeDropped()
    #expect(dropped?.records == 2)
    #expect(dropped?.bytes == 4)
    let second = buffer.takeDropped()
    #expect(second == nil)
    #expect(buffer.isEmpty)
    let rest = buffer.take()
    #expect(rest.isEmpty)
  }

  @Test("It is full by so many bytes, of which the last event may bring more")
  func bytes() {
    var buffer = TelemetryBuffer(limits(100, 10))
    #expect(add([UInt8](repeating: 0, count: 9), to: &buffer) == true)
    #expect(!buffer.isFull)
    #expect(add([UInt8](repeating: 1, count: 9), to: &buffer) == true)
    #expect(buffer.isFull)
    #expect(add([2], to: &buffer) == false)
    _ = buffer.take()
    #expect(add([3], to: &buffer) == true)
    #expect(!buffer.isFull)
  }
}
