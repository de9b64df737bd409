internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// A request of HTTP as a function gets it, by format 2.0 of payloads (urls-invocation page).
struct URLEvent {
  private(set) var bytes: [UInt8] = []

  /// - Parameters:
  ///   - path: the rest of the path behind the function's name.
  ///   - time: the wall clock's.
  init(_ call: HTTPCall, function: String, path: Substring, id: RequestID, time: Timestamp) {
    let host = call.header("Host") ?? ""
    let body = URLBody(call)
    let parameters = Self.parameters(in: call.query)
    var line = JSONLine(takingOver: &bytes)
    line.add("version", "2.0")
    line.add("routeKey", "$default")
    line.add("rawPath", String(path))
    line.add("rawQueryString", String(call.query))
    let cookies = Self.cookies(of: call)
    if !cookies.isEmpty { line.add("cookies", texts: cookies) }
    line.add("headers") { line in
      for (name, value) in Self.fields(of: call, host: host) { line.add(named: name, value) }
    }
    if !parameters.isEmpty {
      line.add("queryStringParameters") { line in
        for (name, value) in parameters { line.add(named: name, value) }
      }
    }
    line.add("requestContext") { line in
      line.add("accountId", "anonymous")
      line.add("apiId", function)
      line.add("domainName", host)
      line.add("domainPrefix", function)
      line.add("http") { line in
        line.add("method", call.head.method.rawValue)
        line.add("path", String(path))
        line.add("protocol", "HTTP/\(call.head.version.major).\(call.head.version.minor)")
        line.add("sourceIp", call.source)
        line.add("userAgent", call.header("User-Agent") ?? "")
      }
      line.add("requestId", id.uuid)
      line.add("routeKey", "$default")
      line.add("stage", "$default")
      line.add("time", Self.text(of: time))
      line.add("timeEpoch", time / .milliseconds(1))
    }
    line.addIfPresent("body", body.text)
    line.add("isBase64Encoded", body.isBase64)
    line.finish(into: &bytes)
    bytes.removeLast()
  }

  /// In lower case, several of a name joined; cookies have a place of their own.
  private static func fields(of call: HTTPCall, host: String) -> [(String, String)] {
    var fields = PairList(separator: ",")
    for (name, value) in call.head.headers where name.lowercased() != "cookie" {
      fields.add(name.lowercased(), value)
    }
    // AWS's front end puts these in; functions find out by them how they are called.
    fields.set("x-forwarded-for", call.source)
    fields.set("x-forwarded-proto", "http")
    fields.set(
      "x-forwarded-port", host.split(separator: ":").last.flatMap { Int($0) }.map(String.init) ?? "80")
    return fields.pairs
  }

  private static func cookies(of call: HTTPCall) -> [String] {
    call.head.headers["cookie"].flatMap { $0.split(separator: ";") }.map { part in
      String(part.drop { $0 == " " })
    }
  }

  private static func parameters(in query: Substring) -> [(String, String)] {
    var parameters = PairList(separator: ",")
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters.add(decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
    }
    return parameters.pairs
  }

  private static func decoded(_ text: Substring) -> String {
    String(decoding: PercentEncoding.bytes(of: text, plusIsSpace: true), as: UTF8.self)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `30/Nov/2026:10:54:43 +0000`.
  static func text(of time: Timestamp) -> String {
    let text = CalendarDate.text(time)
    let date = text.prefix(10).split(separator: "-")
    let month = months[(Int(date[1]) ?? 1) - 1]
    return "\(date[2])/\(month)/\(date[0]):\(text.dropFirst(11).prefix(8)) +0000"
  }
}

/// A body as JSON carries it.
private struct URLBody {
  var text = ""
  var isBase64 = false

  init(_ call: HTTPCall) {
    guard call.body.readableBytes > 0 else { return }
    let bytes = call.body.readableBytesView
    if Self.isText(call.header("Content-Type")), let text = String(validating: bytes, as: UTF8.self) {
      self.text = text
    } else {
      text = Base64.text(of: bytes)
      isBase64 = true
    }
  }

  /// Forms are no text: AWS encodes them, too.
  private static func isText(_ type: String?) -> Bool {
    guard let type = type?.lowercased().prefix(while: { $0 != ";" && $0 != " " }) else { return true }
    return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
      || ["application/json", "application/javascript", "application/xml"].contains(type)
  }
}

/// Texts by their names, in the order in which the names came first.
private struct PairList {
  /// The text between several values of one name.
  let separator: String
  private(set) var pairs: [(String, String)] = []
  private var places: [String: Int] = [:]

  init(separator: String) { self.separator = separator }

  mutating func add(_ name: String, _ value: String) {
    guard let place = places[name] else { return set(name, value) }
    pairs[place].1 += separator + value
  }

  /// Takes the place of the values that there are.
  mutating func set(_ name: String, _ value: String) {
    if let place = places[name] {
      pairs[place].1 = value
    } else {
      places[name] = pairs.count
      pairs.append((name, value))
    }
  }
}
