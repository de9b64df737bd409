/// How much of a live session is kept in detail. Of what is older, figures stay.
package enum Keep: Equatable, Sendable {
  /// Memory of the whole program.
  case bytes(Int)
  /// Back from the newest moment.
  case time(Nanoseconds)
  /// The newest lifecycle events.
  case events(Int)

  package static let standard = Keep.bytes(1 << 30)

  /// The program's own need before anything has happened, and bytes that wait to be read, in bytes.
  static let program = 36 << 20

  /// The most bytes of texts that are worth their place.
  package var textLimit: Int {
    if case .bytes(let count) = self { min(16 << 20, count / 16) } else { 16 << 20 }
  }

  /// The most events that are worth their place, to be read as a log.
  package var eventLimit: Int {
    if case .bytes(let count) = self { min(200_000, count / 1_000) } else { 200_000 }
  }

  /// Reads `2GB`, `512MB`, `6h`, `30m`, `2d` or a number of events; nil for anything else, and for less than can be
  /// kept.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number > 0, number < 1e15 else { return nil }
    switch text.dropFirst(digits.count).uppercased() {
    case "": self = .events(Int(number))
    case "MB": self = .bytes(Int(number * 1e6))
    case "GB": self = .bytes(Int(number * 1e9))
    case let unit:
      guard let seconds = ["S": 1.0, "M": 60, "MIN": 60, "H": 3_600, "D": 86_400][unit] else { return nil }
      guard number * seconds < 9e9 else { return nil }
      self = .time(Nanoseconds(number * seconds * 1e9))
    }
    switch self {
    case .bytes(let count): if count < 64_000_000 { return nil }
    case .time(let length): if length < .seconds(1) { return nil }
    case .events(let count): if count < 1_000 { return nil }
    }
  }
}
