/// An interned text: a function's name, an environment's, an extension's, an error type. `Catalog` knows the text.
package struct Name: Hashable, Sendable {
  package var rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// No name; its text is empty.
  package static var none: Name { Name(rawValue: 0) }
}

/// An execution environment; an index into the catalog's list of environments.
package struct EnvironmentID: Hashable, Sendable {
  package var rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Not (yet) any environment, as for a request that still waits for one.
  package static var none: EnvironmentID { EnvironmentID(rawValue: .max) }

  package var index: Int { Int(rawValue) }
}

/// A request id. AWS's are UUIDs and are kept as 128 bits; any other text is interned, so that an event stays trivial.
package struct RequestID: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable package static func == (one: RequestID, other: RequestID) -> Bool {
    one.low == other.low && one.high == other.high
  }

  /// Both halves in one word, at half the cost of two: ids that are counted up differ in one of them alone. The factor is 2^64
  /// by the golden ratio, so that halves that are alike do not cancel out.
  package func hash(into hasher: inout Hasher) { hasher.combine(low ^ (high &* 0x9E37_79B9_7F4A_7C15)) }

  /// No request.
  package static var none: RequestID { RequestID(high: 0, low: 0) }

  /// A request id that is not a UUID. No UUID of AWS has 64 leading ones.
  package init(interned name: Name) { self.init(high: .max, low: UInt64(name.rawValue)) }

  /// The name of an id that is not a UUID.
  package var interned: Name? { high == .max ? Name(rawValue: UInt32(truncatingIfNeeded: low)) : nil }
}

/// The meaning of the small numbers in events.
///
/// Events carry 32-bit names instead of strings: folding two million events a second leaves no room for reference
/// counting.
package struct Catalog: Sendable {
  private var texts: [String]
  private var names: [String: Name]
  /// Of texts that are too long to stand in a `String` itself.
  private var longTextBytes = 0
  private var environmentKeys: [EnvironmentKey: EnvironmentID] = [:]

  /// Every environment seen, in order of appearance; `EnvironmentID.index` is the place in it.
  package private(set) var environments: [(name: Name, function: Name, source: SourceID)] = []

  /// Environments without a name of their own, by prefix.
  private var unnamed: [String: Int] = [:]

  /// The sources of the session; the first is there from the beginning.
  package private(set) var sources = [Source()]
  /// The source that speaks now: environments that are seen now are its.
  package var source = SourceID(rawValue: 0)

  package init() {
    texts = []
    names = [:]
    for text in ErrorType.platformTexts { _ = name(text) }
    _ = name(Mark.functionInit)
  }

  /// The name for a text, interned on first sight.
  package mutating func name(_ text: String) -> Name {
    if let known = names[text] { return known }
    let name = Name(rawValue: UInt32(texts.count))
    texts.append(text)
    names[text] = name
    if text.utf8.count > 15 { longTextBytes += 48 + text.utf8.count }
    return name
  }

  var reckonedBytes: Int {
    texts.reckonedBytes + longTextBytes + names.reckonedBytes + environmentKeys.reckonedBytes
      + environments.reckonedBytes
  }

  /// The text of a name; empty for `Name.none`.
  package func text(_ name: Name) -> String {
    let index = Int(name.rawValue)
    return index < texts.count ? texts[index] : ""
  }

  /// The environment of that name in that function, as the current source knows it; added on first sight.
  package mutating func environment(_ name: Name, of function: Name) -> EnvironmentID {
    let key = EnvironmentKey(function: function, name: name, source: source)
    if let known = environmentKeys[key] { return known }
    let id = EnvironmentID(rawValue: UInt32(environments.count))
    environments.append((name, function, source))
    environmentKeys[key] = id
    return id
  }

  /// A new environment that its source gives no name: `PREFIX-1`, `PREFIX-2` and so on, over all sources.
  package mutating func unnamedEnvironment(_ prefix: String, of function: Name) -> EnvironmentID {
    let own = self[source].environmentPrefix
    let prefix = own.isEmpty ? prefix : own
    unnamed[prefix, default: 0] += 1
    return environment(name("\(prefix)-\(unnamed[prefix, default: 0])"), of: function)
  }

  /// The environment's name, for people.
  package func text(_ environment: EnvironmentID) -> String {
    environment.index < environments.count ? text(environments[environment.index].name) : ""
  }

  /// A further source of the session.
  package mutating func addSource(_ source: Source) -> SourceID {
    sources.append(source)
    return SourceID(rawValue: UInt16(clamping: sources.count - 1))
  }

  /// The description of a source.
  package subscript(source: SourceID) -> Source {
    get { sources[min(source.index, sources.count - 1)] }
    set { if source.index < sources.count { sources[source.index] = newValue } }
  }

  /// The source that reported the environment.
  package func source(of environment: EnvironmentID) -> SourceID {
    environment.index < environments.count ? environments[environment.index].source : SourceID(rawValue: 0)
  }

  /// The function an environment belongs to.
  package func function(of environment: EnvironmentID) -> Name {
    environment.index < environments.count ? environments[environment.index].function : .none
  }

  /// The request id with that text: a UUID as it is, any other text interned.
  package mutating func request(_ text: String) -> RequestID {
    RequestID(uuid: text) ?? RequestID(interned: name(text))
  }

  /// The text of a request id.
  package func text(_ request: RequestID) -> String {
    if let name = request.interned { return text(name) }
    return request == .none ? "" : request.uuid
  }
}

/// The properties that distinguish an environment from others.
private struct EnvironmentKey: Hashable {
  var function: Name
  var name: Name
  var source: SourceID
}

extension RequestID {
  /// Reads `8-4-4-4-12` lower-case hexadecimal digits; nil for any other text, whose spelling would be lost.
  package init?(uuid text: some StringProtocol) {
    var text = String(text)
    let parsed: RequestID? = text.withUTF8 { RequestID(uuid: UnsafeRawBufferPointer($0)) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads a UUID from bytes, as `init(uuid:)`.
  package init?(uuid bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for index in 0..<36 {
      let byte = bytes[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let value: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte &- UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte &- UInt8(ascii: "a") &+ 10
      default: return nil
      }
      if digits < 16 {
        halves.0 = halves.0 << 4 | UInt64(value)
      } else {
        halves.1 = halves.1 << 4 | UInt64(value)
      }
      digits += 1
    }
    guard halves.0 != .max, halves != (0, 0) else { return nil }
    self.init(high: halves.0, low: halves.1)
  }

  /// The id as UUID text.
  package var uuid: String {
    String(unsafeUninitializedCapacity: 36) { bytes in
      var count = 0
      for place in 0..<32 {
        if place == 8 || place == 12 || place == 16 || place == 20 {
          bytes[count] = UInt8(ascii: "-")
          count += 1
        }
        let half = place < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (place & 15)) & 15)
        bytes[count] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
        count += 1
      }
      return count
    }
  }
}
