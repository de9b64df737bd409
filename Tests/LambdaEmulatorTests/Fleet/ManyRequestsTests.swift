import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Many requests to eight environments whose runtimes end now and then, at work and frozen.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ManyRequestsTests {
  private static let rounds = 10
  private static let clients = 8
  /// Of each client in each round.
  private static let requests = 125

  /// Gives back the event that it gets, unless that says to end.
  private static let runtime = """
    import os, socket
    host = os.environ["AWS_LAMBDA_RUNTIME_API"]
    address, port = host.split(":")
    line = socket.create_connection((address, int(port)))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    path = "/2018-06-01/runtime/invocation/"
    def answer():
        got = b""
        while b"\\r\\n\\r\\n" not in got: got += line.recv(65536) or os._exit(9)
        head, body = got.split(b"\\r\\n\\r\\n", 1)
        fields = dict(field.lower().split(b": ", 1) for field in head.split(b"\\r\\n")[1:])
        while len(body) < int(fields.get(b"content-length", 0)): body += line.recv(65536) or os._exit(9)
        return fields, body
    while True:
        line.sendall(f"GET {path}next HTTP/1.1\\r\\nHost: {host}\\r\\n\\r\\n".encode())
        fields, body = answer()
        if b"exit" in body: os._exit(3)
        id = fields[b"lambda-runtime-aws-request-id"].decode()
        head = f"POST {path}{id}/response HTTP/1.1\\r\\nHost: {host}\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n"
        line.sendall(head.encode() + body)
        answer()
    """

  /// The answers that a client has seen.
  private struct Seen: Sendable {
    var echoes = 0
    var exits = 0
    var killed = 0
    /// With a 429: a runtime on a busy machine may be slow to ask for its next event.
    var refused = 0
    /// Anything else.
    var flaws: [String] = []
  }

  @Test("Each of 10,000 requests is answered once, with its own answer, whatever ends meanwhile")
  func everyRequest() async throws {
    let function = try await RunningFunction.start(runtime: Self.runtime) {
      $0.function.reservedConcurrency = Self.clients
      // Less than a client waits, and more than an init takes on a machine that has much else to do.
      $0.function.timeout = .seconds(25)
    }
    var (watch, sent, seen, killsAtWork) = (RestWatch(), 0, Seen(), 0)
    var random = SeededRandom(20_261_130)
    for round in 0..<Self.rounds {
      sent += Self.clients * Self.requests
      let address = function.emulator.address
      async let answered = Self.round(round, address)
      // While it goes on one is killed, wherever it is.
      function.emulator.perform(.crash(environment: UInt32.random(in: 1...8, using: &random)))
      killsAtWork += 1
      var isOver = false
      for _ in 0..<10 where !isOver {
        isOver = try await function.wait { watch.isAtRest($0.events, answers: sent) }
      }
      #expect(isOver, "\(watch.answers) of \(sent) answers")
      for client in try await answered {
        seen.echoes += client.echoes
        seen.exits += client.exits
        seen.killed += client.killed
        seen.refused += client.refused
        seen.flaws += client.flaws
      }
      // All are frozen, or without a process after a reset.
      for environment in 1...3 as ClosedRange<UInt32> {
        function.emulator.perform(.crash(environment: environment))
      }
      let areReset = try await function.wait {
        watch.isAtRest($0.events, answers: sent) && !watch.frozen.contains { (1...3).contains($0) }
      }
      #expect(areReset)
    }
    try await function.end()
    let exits = (0..<sent).count { Self.isExit($0) }
    #expect(seen.flaws == [])
    // One may have been killed before it ended by itself.
    #expect(seen.exits <= exits && seen.exits + seen.killed >= exits)
    #expect(seen.killed <= killsAtWork)
    #expect(seen.refused < sent / 100)
    #expect(seen.echoes + seen.exits + seen.killed + seen.refused == sent)
    let check = EventCheck(function.events, concurrency: Self.clients)
    #expect(check.flaws == [])
    #expect(check.throttled == seen.refused)
    // One that is killed when it has answered has failed its invocation, but nobody's request.
    let failed = check.badEnds["invoke error"] ?? 0
    #expect(failed >= seen.exits + seen.killed && failed <= seen.exits + killsAtWork)
    #expect(check.badEnds["frozen error", default: 0] > Self.rounds)
    var timeline = Timeline(.emulator)
    for event in function.events { timeline.fold(event) }
    timeline.settle()
    #expect(timeline.anomalies == 0)
    #expect(timeline.duplicates == 0)
    #expect(timeline.undecodable == 0)
    #expect(timeline.dropped == 0)
    #expect(timeline.requests.count == sent)
  }

  /// One in 200 makes its runtime end.
  private static func isExit(_ number: Int) -> Bool { number % 200 == 77 }

  /// All clients at once, each with one request after another.
  private static func round(_ round: Int, _ address: String) async throws -> [Seen] {
    try await withThrowingTaskGroup(of: Seen.self) { group in
      for client in 0..<clients {
        let first = (round * clients + client) * requests
        group.addTask { try await waiting { try calls(first..<first + requests, address) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private static func calls(_ numbers: Range<Int>, _ address: String) throws -> Seen {
    let client = try SmallClient(address)
    var seen = Seen()
    for number in numbers {
      let then = isExit(number) ? "exit" : "answer"
      let body = #"{"number":\#(number),"then":"\#(then)"}"#
      let answer = try client.call(body)
      let isError = answer["x-amz-function-error"] == "Unhandled"
      if answer.status == 200, !isError, answer.body == body, !isExit(number) {
        seen.echoes += 1
      } else if answer.status == 200, isError, answer.body.contains(#""errorType":"Runtime.ExitError""#) {
        if answer.body.contains("exit status 3"), isExit(number) {
          seen.exits += 1
        } else if answer.body.contains("signal: killed") {
          seen.killed += 1
        } else {
          seen.flaws.append("\(number): \(answer.body)")
        }
      } else if answer.status == 429 {
        seen.refused += 1
      } else {
        seen.flaws.append("\(number): \(answer.status) \(answer.body)")
      }
    }
    return seen
  }
}
