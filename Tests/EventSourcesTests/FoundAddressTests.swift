import Glibc
import Testing

@testable import EventSources

/// The addresses at which emulators take requests, by the ports they listen on.
@Suite struct FoundAddressTests {
  private func socket(_ port: Int, _ words: String, host: String = "127.0.0.1") -> ListeningSocket {
    ListeningSocket(host: host, port: port, words: words.split(separator: " ").map(String.init))
  }

  @Test func nobodyListens() { #expect(FoundAddress([]) == .none) }

  @Test func theOnlyOne() {
    #expect(FoundAddress([socket(8123, "./emulator")]) == .url(InvokeURL(host: "127.0.0.1", port: 8123)))
    #expect(
      FoundAddress([socket(9001, "./emulator"), socket(8123, "./emulator")])
        == .url(InvokeURL(host: "127.0.0.1", port: 8123)))
  }

  @Test func anEmulatorTellsWhichIsMeant() {
    let rie =
      "./aws-lambda-rie --runtime-interface-emulator-address 127.0.0.1:8081 --runtime-api-address :9009 ./b"
    #expect(
      FoundAddress([socket(9009, rie), socket(8081, rie)]) == .url(InvokeURL(host: "127.0.0.1", port: 8081)))
    let sam = "python3 /usr/bin/sam local start-lambda"
    guard case .hint(let hint) = FoundAddress([socket(3001, sam)]) else {
      Issue.record("expected a hint")
      return
    }
    #expect(hint.contains("/2015-03-31/functions/NAME/invocations"))
  }

  @Test func severalAreNamed() {
    guard case .hint(let hint) = FoundAddress([socket(1, "a"), socket(2, "a")]) else {
      Issue.record("expected a hint")
      return
    }
    #expect(hint.contains("127.0.0.1:1 and 127.0.0.1:2"))
    #expect(hint.contains("--invoke"))
  }

  /// A descendant listens, not the child itself.
  @Test func descendants() throws {
    let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    try #require(listen(listener, 1) == 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    let port = Int(UInt16(bigEndian: address.sin_port))
    #expect(ListeningSocket.all(of: ProcessEntry.family(of: getpid())).contains { $0.port == port })
    #expect(ListeningSocket.all(of: ProcessEntry.family(of: getppid())).contains { $0.port == port })
  }

  @Test(arguments: [
    ("A=b aws-lambda-rie --runtime-interface-emulator-address :8081 ./b", 8_081),
    ("cd x && exec aws-lambda-rie ./b", 8_080),
    ("make; cargo lambda watch -p 9010 | cat", 9_010),
  ])
  func linesForTheShell(line: String, port: Int) {
    #expect(EmulatorCommand(ShellLine(line).words).url?.port == port)
  }
}
