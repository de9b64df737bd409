import LambdaEventFormats
import LambdaLifecycle
import NIOCore
import NIOEmbedded
import Testing

@testable import LambdaEmulator

/// Batches on their way to a subscriber, in a time that the tests let pass.
@Suite struct TelemetrySubscriberTests {
  /// Takes batches and gives the answers that a test wants.
  private final class FakeSender: TelemetrySender {
    var batches: [[String]] = []
    var isClosed = false
    private var done: ((TelemetrySending) -> Void)?
    var isBusy: Bool { done != nil }

    func send(_ events: [[UInt8]], _ done: @escaping (TelemetrySending) -> Void) {
      batches.append(events.map { String(decoding: $0, as: UTF8.self) })
      self.done = done
    }

    func close() { isClosed = true }

    /// Ends the sending under way with that result.
    func end(_ result: TelemetrySending) {
      let done = done
      self.done = nil
      done?(result)
    }

    /// The latest batch, the printed text of each event, or its type.
    var latest: [String] {
      (batches.last ?? []).map { event in
        let value = Array(event.utf8).withUnsafeBytes { JSONValue($0) }
        return value?["record"]?.string ?? value?["type"]?.string ?? event
      }
    }
  }

  private final class Lost {
    var told: [String] = []
  }

  private let loop = EmbeddedEventLoop()
  private let sender = FakeSender()
  private let lost = Lost()

  private func subscriber(
    _ kinds: TelemetrySubscription.Kinds = [.platform, .function],
    items: Int = 1_000, bytes: Int = 262_144, milliseconds: Int = 100
  ) throws -> TelemetrySubscriber {
    let names = kinds.names.map { "\"\($0)\"" }.joined(separator: ",")
    let subscription = try TelemetrySubscription(
      ByteBuffer(
        string: """
          {"schemaVersion":"2022-12-13","types":[\(names)],\
          "buffering":{"maxItems":\(items),"maxBytes":\(bytes),"timeoutMs":\(milliseconds)},\
          "destination":{"protocol":"TCP","port":1}}
          """))
    return TelemetrySubscriber(
      "ext", subscription, sender, on: loop, now: { 0 }, unanswered: { [lost] in lost.told.append("nobody") }
    ) { [lost] count, why in
      lost.told.append("\(count) \(why)")
    }
  }

  private func line(_ text: String, length: Int = 0) -> TelemetryEvent {
    let padded = text + String(repeating: ".", count: max(0, length - text.utf8.count))
    return Array(padded.utf8).withUnsafeBytes { TelemetryEvent(.function, $0, at: 0) }
  }

  private func pass(_ milliseconds: Int64) { loop.advanceTime(by: .milliseconds(milliseconds)) }

  @Test("Events wait for their time, and go together")
  func time() throws {
    let subscriber = try subscriber(milliseconds: 30_000)
    subscriber.add(line("a"))
    subscriber.add(line("b"))
    pass(10_000)
    #expect(sender.batches.isEmpty)
    pass(20_000)
    #expect(sender.latest == ["a\n", "b\n"])
    sender.end(.taken)
    pass(60_000)
    #expect(sender.batches.count == 1)
    #expect(lost.told.isEmpty)
  }

  @Test("So many events go at once")
  func items() throws {
    let subscriber = try subscriber()
    for number in 0..<999 { subscriber.add(line("\(number)")) }
    #expect(sender.batches.isEmpty)
    subscriber.add(line("last"))
    #expect(sender.latest.count == 1_000)
    #expect(sender.latest.last == "last\n")
  }

  @Test("So many bytes go at once")
  func bytes() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a", length: 131_000))
    subscriber.add(line("b", length: 131_000))
    #expect(sender.batches.isEmpty)
    subscriber.add(line("c", length: 1_000))
    #expect(sender.latest.count == 3)
  }

  @Test("Only what was asked for")
  func kinds() throws {
    let subscriber = try subscriber([.platform])
    subscriber.add(line("a"))
    subscriber.add(TelemetryEvent("start", at: 0) { _ in })
    pass(100)
    #expect(sender.latest == ["platform.start"])
  }

  @Test("One batch at a time: what comes meanwhile follows it")
  func oneAtATime() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a"))
    pass(100)
    subscriber.add(line("b"))
    pass(50)
    #expect(sender.batches.count == 1)
    // It waits no shorter for that, and no longer.
    sender.end(.taken)
    #expect(sender.batches.count == 1)
    pass(50)
    #expect(sender.batches.count == 2)
    #expect(sender.latest == ["b\n"])
    subscriber.add(line("c"))
    pass(1_000)
    sender.end(.taken)
    #expect(sender.latest == ["c\n"])
  }

  @Test("While its environment is frozen nothing is sent; what was due is due at the thaw")
  func frozen() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a"))
    subscriber.freeze()
    subscriber.add(line("b"))
    pass(10_000)
    subscriber.flush()
    #expect(sender.batches.isEmpty)
    subscriber.thaw()
    pass(100)
    #expect(sender.latest == ["a\n", "b\n"])
  }

  @Test("A batch that breaks off at the freezing is sent again at the thaw")
  func frozenOnItsWay() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a"))
    pass(100)
    subscriber.freeze()
    sender.end(.notReached)
    pass(10_000)
    #expect(sender.batches.count == 1)
    subscriber.thaw()
    #expect(sender.batches.count == 2)
    #expect(sender.latest == ["a\n"])
  }

  @Test("What does not fit is counted, and told before what follows")
  func dropped() throws {
    let subscriber = try subscriber()
    subscriber.add(line("first"))
    pass(100)
    for number in 0..<1_002 { subscriber.add(line("\(number)", length: 10)) }
    #expect(lost.told.isEmpty)
    sender.end(.taken)
    #expect(lost.told == ["2 \(TelemetrySubscriber.slowness)"])
    #expect(sender.latest.count == 1_001)
    #expect(sender.latest.first == "platform.logsDropped")
    let bytes = 2 * line("", length: 10).json.count
    #expect(
      sender.batches.last?.first
        == #"{"time":"1970-01-01T00:00:00.000Z","type":"platform.logsDropped","record":{"droppedBytes":\#(bytes),"#
        + #""droppedRecords":2,"reason":"\#(TelemetrySubscriber.slowness)"}}"#)
  }

  @Test("Who has not asked for what the platform tells is not told that something was dropped")
  func droppedUntold() throws {
    let subscriber = try subscriber([.function])
    subscriber.add(line("first"))
    pass(100)
    for number in 0..<1_001 { subscriber.add(line("\(number)")) }
    sender.end(.taken)
    #expect(lost.told == ["1 \(TelemetrySubscriber.slowness)"])
    #expect(sender.latest.count == 1_000)
  }

  @Test("What is full while it is frozen goes at the thaw, and what is lost is told once")
  func fullWhileFrozen() throws {
    let subscriber = try subscriber()
    subscriber.freeze()
    for number in 0..<1_005 { subscriber.add(line("\(number)")) }
    #expect(lost.told.isEmpty)
    subscriber.thaw()
    subscriber.add(line("next"))
    #expect(lost.told == ["5 \(TelemetrySubscriber.slowness)"])
    #expect(sender.batches.count == 1)
    #expect(sender.latest.count == 1_001)
    sender.end(.taken)
    pass(100)
    #expect(sender.latest == ["next\n"])
  }

  @Test("A batch that is refused is tried five times, is lost then, and the next one tells of it")
  func refused() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a"))
    subscriber.add(line("b"))
    pass(100)
    for number in 1...5 {
      #expect(sender.batches.count == number)
      #expect(lost.told.isEmpty)
      sender.end(.refused("HTTP status 500"))
      pass(1_000)
    }
    #expect(Set(sender.batches.prefix(5)).count == 1)
    #expect(lost.told == ["2 could not send events: HTTP status 500"])
    // The loss is reported by itself, even if nothing follows.
    #expect(sender.batches.count == 6)
    #expect(sender.latest == ["platform.logsDropped"])
    #expect(sender.batches.last?.first?.contains(#""droppedRecords":2"#) == true)
    sender.end(.taken)
    subscriber.add(line("d"))
    pass(100)
    #expect(sender.latest == ["d\n"])
  }

  @Test("While nobody listens it is tried again and again, with longer and longer pauses")
  func notReached() throws {
    let subscriber = try subscriber()
    subscriber.add(line("a"))
    pass(100)
    sender.end(.notReached)
    pass(24)
    #expect(sender.batches.count == 1)
    pass(1)
    #expect(sender.batches.count == 2)
    sender.end(.notReached)
    pass(49)
    #expect(sender.batches.count == 2)
    pass(1)
    for number in 3...50 {
      #expect(sender.batches.count == number)
      sender.end(.notReached)
      pass(1_000)
    }
    sender.end(.taken)
    pass(60_000)
    #expect(sender.batches.count == 51)
    #expect(lost.told == ["nobody"])
  }

  @Test("Closed, it sends nothing more and tells what was dropped")
  func close() throws {
    let subscriber = try subscriber()
    subscriber.add(line("first"))
    pass(100)
    for number in 0..<1_003 { subscriber.add(line("\(number)")) }
    subscriber.close()
    #expect(sender.isClosed)
    #expect(lost.told == ["3 \(TelemetrySubscriber.slowness)"])
    sender.end(.taken)
    subscriber.add(line("after"))
    subscriber.flush()
    pass(60_000)
    #expect(sender.batches.count == 1)
  }

  @Test("Nobody listens: that is said once, and what is lost by it is no fault of a slow reader")
  func nobodyListens() throws {
    let subscriber = try subscriber(milliseconds: 25)
    subscriber.add(line("a"))
    pass(25)
    sender.end(.notReached)
    #expect(lost.told.isEmpty)
    pass(25)
    sender.end(.notReached)
    #expect(lost.told == ["nobody"])
    pass(50)
    sender.end(.notReached)
    subscriber.add(line("b"))
    for number in 0..<1_005 { subscriber.add(line("\(number)")) }
    subscriber.close()
    let words = "1007 could not send events: nobody answers at sandbox.localdomain:1"
    #expect(lost.told == ["nobody", words])
  }
}
