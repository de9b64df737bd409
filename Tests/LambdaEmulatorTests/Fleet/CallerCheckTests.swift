import NIOHTTP1
import Testing

@testable import LambdaEmulator

@Suite struct CallerCheckTests {
  private func isRefused(_ fields: [(String, String)], host: String? = nil) -> Bool {
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/lambda-url/app", headers: HTTPHeaders(fields))
    return CallerCheck(host: host).objection(to: head) != nil
  }

  @Test(
    "Without a host this machine's names are taken, and no other",
    arguments: [
      ("localhost:9000", false), ("127.0.0.1:9000", false), ("[::1]:9000", false), ("app.localhost", false),
      ("evil.com", true), ("192.168.1.2:9000", true), ("127.0.0.1.evil.com", true),
      ("localhost.evil.com", true),
    ])
  func names(name: String, isRefused: Bool) {
    #expect(self.isRefused([("Host", name)]) == isRefused)
  }

  @Test(
    "With a host its name and any address are taken: a name that resolves to us may be a web page's",
    arguments: [
      ("work.example:9000", false), ("192.168.1.2:9000", false), ("localhost", false), ("evil.com", true),
    ])
  func otherNames(name: String, isRefused: Bool) {
    #expect(self.isRefused([("Host", name)], host: "work.example") == isRefused)
  }

  @Test(
    "A web page of another site is refused, by whatever its browser says of it",
    arguments: ["Origin", "Referer"])
  func pages(field: String) {
    #expect(isRefused([("Host", "localhost:9000"), (field, "http://evil.com/page?x=localhost")]))
    #expect(isRefused([("Host", "localhost:9000"), (field, "null")]))
    #expect(isRefused([("Host", "192.168.1.2"), (field, "https://evil.com")], host: "0.0.0.0"))
    #expect(
      !isRefused([
        ("Host", "localhost:9000"), (field, "http://localhost:9000/lambda-url/app?x=http://evil.com"),
      ]))
    #expect(!isRefused([("Host", "127.0.0.1:9000"), (field, "http://127.0.0.1:9000")]))
  }
}
