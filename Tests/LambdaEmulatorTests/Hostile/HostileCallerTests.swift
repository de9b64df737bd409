import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Callers that break the rules: each is answered once as it is documented, and the next one as if nothing had been.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileCallerTests {
  private static let echo = "def handler(event, context): return event\n"

  /// Plays a client, and calls properly after it.
  private func after<Value: Sendable>(
    _ client: @escaping @Sendable (String) throws -> Value
  ) async throws -> (Value, RunningFunction) {
    let function = try await RunningFunction.start(Self.echo)
    let value = try await waiting { [address = function.emulator.address] in try client(address) }
    #expect(try await function.call(#"{"proper": true}"#).body == #"{"proper": true}"#)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(EventCheck(function.events, concurrency: 10).flaws == [])
    return (value, function)
  }

  @Test("2,000 connections at once: a thousand are served, the others closed, and there is room again")
  func connections() async throws {
    let (statuses, _) = try await after { address in
      let clients = try (0..<2_000).map { _ in try RawClient(address) }
      for client in clients {
        client.send(RawClient.request("{}", fields: "X-Amz-Invocation-Type: DryRun\r\n"))
      }
      return clients.map { String($0.read(until: "\r\n\r\n").prefix(12)) }
    }
    #expect(statuses.count { $0 == "HTTP/1.1 204" } == 1_000)
    #expect(statuses.count { $0.isEmpty } == 1_000)
  }

  @Test("Half a request, at any byte, reaches no function")
  func halfRequests() async throws {
    let request = RawClient.request(#"{"half": true}"#)
    let (_, function) = try await after { address in
      for length in 0..<request.utf8.count { try RawClient(address).send(request.utf8.prefix(length)) }
    }
    #expect(function.events.count { $0.kind == .requestArrived } == 1)
  }

  @Test(
    "What is no HTTP, and headers that are too large, are answered with the reason, and a line counts them")
  func malformed() async throws {
    let (texts, function) = try await after { address in
      try [
        "nonsense\r\n\r\n",
        RawClient.request("{}", fields: "X: \(String(repeating: "x", count: 200_000))\r\n"),
      ]
      .map { request in
        let client = try RawClient(address)
        client.send(request)
        return client.read()
      }
    }
    #expect(texts.allSatisfy { $0.hasPrefix("HTTP/1.1 400") }, "\(texts)")
    #expect(texts[0].contains("no HTTP"))
    #expect(texts[1].contains("The headers are too large."))
    #expect(function.markers.first == "refused: 1 malformed request from callers")
  }

  @Test("A request that comes byte by byte is answered")
  func slow() async throws {
    let (text, _) = try await after { address in
      let client = try RawClient(address)
      for byte in RawClient.request(#"{"slow": 1}"#, fields: "Connection: close\r\n").utf8 {
        client.send([byte])
      }
      return client.read()
    }
    #expect(text.hasPrefix("HTTP/1.1 200"))
    #expect(text.hasSuffix(#"{"slow": 1}"#))
  }

  @Test("100 MB are refused, and not kept")
  func large() async throws {
    let before = Processes.resident
    let (text, _) = try await after { address in
      let client = try RawClient(address)
      client.send(RawClient.request("", length: 100 << 20, fields: "Connection: close\r\n"))
      for _ in 0..<100 { client.send([UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)) }
      return client.read()
    }
    #expect(text.hasPrefix("HTTP/1.1 413"))
    #expect(text.contains("RequestEntityTooLargeException"))
    let isBounded = Processes.resident - before < 64
    #expect(isBounded, "\(before) MiB before, then \(Processes.resident)")
  }

  @Test(
    "What is no JSON is refused",
    arguments: [
      "{", "{]", "nul", "\u{1}", "{} {}", #"{"a":1,}"#, "[01]", String(repeating: "[", count: 100_000),
    ])
  func badJSON(_ body: String) async throws {
    let (text, function) = try await after { address in
      let client = try RawClient(address)
      client.send(RawClient.request(body, fields: "Connection: close\r\n"))
      return client.read()
    }
    #expect(text.hasPrefix("HTTP/1.1 400"))
    #expect(text.contains("InvalidRequestContentException"))
    #expect(function.events.count { $0.kind == .requestArrived } == 1)
  }

  @Test("Requests that are sent before the answers have come are answered in their order")
  func pipelined() async throws {
    let (text, _) = try await after { address in
      let client = try RawClient(address)
      client.send((0..<16).map { RawClient.request("[\($0)]") }.joined())
      return client.read(until: "[15]")
    }
    let bodies = text.split(separator: "\r\n").filter { $0.hasPrefix("[") }.map { $0.prefix { $0 != "H" } }
    #expect(bodies == (0..<16).map { "[\($0)]" })
  }

  @Test(
    "Whoever asks for ten large answers and reads none gets what its socket holds, and the rest when it reads"
  )
  func unread() async throws {
    let function = try await RunningFunction.start(
      """
      def handler(event, context):
          if not event.get("large"): return "small"
          with open("large", "a") as file: file.write("x")
          return "x" * 5000000
      """)
    let client = try await waiting { [address = function.emulator.address] in
      let client = try RawClient(address)
      client.send((0..<10).map { _ in RawClient.request(#"{"large": true}"#) }.joined())
      return client
    }
    for _ in 0..<50 { #expect(try await function.call().body == #""small""#) }
    #expect(try function.scratch.text("large").utf8.count < 5)
    let answers = try await waiting { client.count(until: 10 * 5_000_002) }
    #expect(answers > 50_000_000)
    #expect(try function.scratch.text("large").utf8.count == 10)
    #expect(try await function.endWithNothingLeft() == [])
  }

  @Test("A request that says Expect, sent while a response is being streamed")
  func expectWithinStream() async throws {
    let function = try await HostileRuntime.start()
    let address = function.emulator.address
    let text = try await waiting {
      let client = try RawClient(address)
      let path = "/2021-11-15/functions/app/response-streaming-invocations"
      client.send(RawClient.request(#"{"do":"slow_stream"}"#, path: path))
      let begin = client.read(until: "begun")
      client.send(RawClient.request("{}", fields: "Expect: 100-continue\r\nConnection: close\r\n"))
      // The function goes on as soon as another request asks for it.
      let other = try RawClient(address)
      other.send(RawClient.request("{}", fields: "Connection: close\r\n"))
      return (begin, other.read(), client.read())
    }
    #expect(text.0.contains("begun"))
    #expect(text.1.hasSuffix(#""fine""#))
    #expect(!text.2.contains("100 Continue"))
    #expect(text.2.contains("InvokeComplete"))
    #expect(text.2.hasSuffix(#""fine""#))
    #expect(try await function.endWithNothingLeft() == [])
  }

  @Test("A caller that reads no more of a stream holds its function up until the timeout, and nobody else")
  func stalledStream() async throws {
    let before = Processes.resident
    let function = try await HostileRuntime.start { $0.function.timeout = .seconds(4) }
    let address = function.emulator.address
    let client = try await waiting {
      let client = try RawClient(address)
      let path = "/2021-11-15/functions/app/response-streaming-invocations"
      client.send(RawClient.request(#"{"do":"huge_stream"}"#, path: path))
      _ = client.read(until: "PayloadChunk")
      return client
    }
    #expect(try await function.call().body == #""fine""#)
    var most = 0
    let isTimedOut = try await function.wait {
      most = max(most, Processes.resident)
      return $0.phases.contains("invoke timeout")
    }
    #expect(isTimedOut)
    let isBounded = most - before < 64
    #expect(isBounded, "\(before) MiB before, then \(most)")
    #expect(try await function.call().body == #""fine""#)
    #expect(try await function.endWithNothingLeft() == [])
    withExtendedLifetime(client) {}
  }
}
