internal import LambdaEventFormats
internal import NIOCore

/// An extension's subscription to telemetry (telemetry-api page; the schema in the emulator's code).
struct TelemetrySubscription: Equatable {
  struct Kinds: OptionSet {
    let rawValue: UInt8
    static let platform = Kinds(rawValue: 1)
    static let function = Kinds(rawValue: 2)
    static let `extension` = Kinds(rawValue: 4)

    /// As the API names them.
    var names: [String] {
      let all: [(Kinds, String)] = [
        (.platform, "platform"), (.function, "function"), (.extension, "extension"),
      ]
      return all.filter { contains($0.0) }.map(\.1)
    }
  }

  /// The limits of waiting events: their number, their bytes, and the time.
  struct Buffering: Equatable {
    var items = 10_000
    var bytes = 262_144
    var milliseconds = 1_000
  }

  enum Destination: Equatable {
    /// Events as an array of JSON, by POST.
    case http(port: Int, path: String)
    /// An event a line.
    case tcp(port: Int)

    var port: Int {
      switch self {
      case .http(let port, _), .tcp(let port): port
      }
    }
  }

  /// The Runtime API's own in Lambda (telemetry-api page).
  private static let reservedPort = 9_001

  let kinds: Kinds
  let buffering: Buffering
  let destination: Destination

  /// The mistake in a subscription, in words for the extension.
  struct Invalid: Error, Equatable { var words: String }

  /// - Throws: `Invalid`.
  init(_ body: ByteBuffer) throws(Invalid) {
    guard let value = body.withUnsafeReadableBytes({ JSONValue($0) }), case .object = value else {
      throw Invalid(words: "expected an object of JSON")
    }
    try Self.checkSchema(value["schemaVersion"])
    kinds = try Self.kinds(value["types"])
    buffering = try Self.buffering(value["buffering"])
    destination = try Self.destination(value["destination"])
    guard destination.port != Self.reservedPort else {
      throw Invalid(words: "destination: port \(Self.reservedPort) is reserved")
    }
  }

  private static func checkSchema(_ value: JSONValue?) throws(Invalid) {
    let known = ["2025-01-29", "2022-12-13", "2022-07-01"]
    guard let version = value?.string, known.contains(version) else {
      throw Invalid(words: "schemaVersion: expected one of \(known.joined(separator: ", "))")
    }
  }

  private static func kinds(_ value: JSONValue?) throws(Invalid) -> Kinds {
    let problem = Invalid(words: "types: expected at least one of platform, function, extension")
    guard let elements = value?.elements, !elements.isEmpty else { throw problem }
    var kinds: Kinds = []
    for element in elements {
      switch element.string {
      case "platform": kinds.insert(.platform)
      case "function": kinds.insert(.function)
      case "extension": kinds.insert(.extension)
      default: throw problem
      }
    }
    return kinds
  }

  private static func buffering(_ value: JSONValue?) throws(Invalid) -> Buffering {
    var buffering = Buffering()
    guard let value, value != .null else { return buffering }
    guard case .object = value else { throw Invalid(words: "buffering: expected an object") }
    buffering.items = try number("maxItems", of: value, 1_000...10_000) ?? buffering.items
    buffering.bytes = try number("maxBytes", of: value, 262_144...1_048_576) ?? buffering.bytes
    buffering.milliseconds = try number("timeoutMs", of: value, 25...30_000) ?? buffering.milliseconds
    return buffering
  }

  private static func number(
    _ key: String, of value: JSONValue, _ range: ClosedRange<Int>
  ) throws(Invalid) -> Int? {
    guard let member = value[key] else { return nil }
    guard let number = member.integer, range.contains(number) else {
      throw Invalid(
        words: "buffering.\(key): expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func destination(_ value: JSONValue?) throws(Invalid) -> Destination {
    guard let value, case .object = value else { throw Invalid(words: "destination: expected an object") }
    switch value["protocol"]?.string {
    case "HTTP":
      guard let uri = value["URI"]?.string, let destination = http(uri) else {
        throw Invalid(words: "destination.URI: expected http://sandbox.localdomain:PORT/PATH")
      }
      return destination
    case "TCP":
      guard let port = value["port"]?.integer, (1...65_535).contains(port) else {
        throw Invalid(words: "destination.port: expected a whole number from 1 to 65535")
      }
      return .tcp(port: port)
    default: throw Invalid(words: "destination.protocol: expected HTTP or TCP")
    }
  }

  private static func http(_ uri: String) -> Destination? {
    let start = "http://"
    guard uri.lowercased().hasPrefix(start), uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    let rest = uri.dropFirst(start.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = parts.first?.lowercased(), host == "sandbox.localdomain" || host == "sandbox" else {
      return nil
    }
    let port = parts.count == 2 ? Int(parts[1]) : 80
    guard let port, (1...65_535).contains(port) else { return nil }
    let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
    return .http(port: port, path: path.hasPrefix("/") ? String(path) : "/\(path)")
  }
}
