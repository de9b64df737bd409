internal import LambdaLifecycle

/// A number and the words after it: `120 ms`, `40MB`, `2 per second`.
struct Quantity: Equatable, Sendable {
  var number: DecimalNumber
  var unit: String

  init?(_ text: String) {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = DecimalNumber(digits) else { return nil }
    self.number = number
    unit = text.dropFirst(digits.count).split(separator: " ").joined(separator: " ")
  }
}

/// Units of time in nanoseconds.
enum TimeUnit {
  static func nanoseconds(_ unit: String) -> Nanoseconds? {
    switch unit {
    case "ns": 1
    // The micro sign, the letter mu, and for keyboards without either.
    case "µs", "μs", "us": 1_000
    case "ms": .milliseconds(1)
    case "s": .seconds(1)
    case "min": .seconds(60)
    case "h": .seconds(3_600)
    default: nil
    }
  }

  /// The length that is written as `120 ms`.
  static func length(_ text: String) -> Nanoseconds? {
    guard let quantity = Quantity(text), let unit = nanoseconds(quantity.unit) else { return nil }
    return quantity.number.times(unit)
  }
}

extension Nanoseconds {
  /// The longest that the simulator knows.
  static var hundredYears: Nanoseconds { .seconds(100 * 365 * 86_400) }
}

extension Notation where Value == Nanoseconds {
  /// A length or a moment: `120 ms`.
  static var duration: Notation { duration(0 ... .hundredYears) }

  /// More than nothing.
  static var positiveDuration: Notation { duration(1 ... .hundredYears, "more than 0") }

  /// - Parameter limits: the range in words.
  static func duration(
    _ range: ClosedRange<Nanoseconds>, _ limits: String = "at most 100 years",
    multipleOf step: Nanoseconds = 1
  ) -> Notation {
    Notation("a duration such as 120 ms or 1.5 s (ns, µs, ms, s, min, h), \(limits)", unit: true) { text in
      guard let length = TimeUnit.length(text), range.contains(length), length % step == 0 else { return nil }
      return length
    }
  }
}

extension Notation where Value == Int {
  /// A whole number without a unit.
  static func count(_ range: ClosedRange<Int>) -> Notation {
    let limits = "\(Digits.grouped(Int64(range.lowerBound))) to \(Digits.grouped(Int64(range.upperBound)))"
    return Notation("a whole number, \(limits)") { text in
      guard let whole = DecimalNumber(text)?.whole, range.contains(Int(whole)) else { return nil }
      return Int(whole)
    }
  }
}

extension Notation where Value == UInt64 {
  static var seed: Notation {
    Notation("a whole number, 0 to 18,446,744,073,709,551,615") { text in
      guard let number = DecimalNumber(text), number.fractionDigits == 0 else { return nil }
      return UInt64(exactly: number.digits)
    }
  }
}

extension Notation where Value == Int32 {
  /// Whole megabytes of memory.
  static func memory(_ range: ClosedRange<Int32>) -> Notation {
    let limits =
      "\(Digits.grouped(Int64(range.lowerBound))) MB to \(Digits.grouped(Int64(range.upperBound))) MB"
    return Notation("\(limits) in steps of 1 MB", unit: true) { text in
      guard
        let quantity = Quantity(text), quantity.unit == "MB", let whole = quantity.number.whole,
        let size = Int32(exactly: whole), range.contains(size)
      else { return nil }
      return size
    }
  }
}

extension Notation where Value == Double {
  /// The size of code: `40 MB`, `0.5 MB`.
  static var megabytes: Notation {
    Notation("a size such as 40 MB, at most 250 MB", unit: true) { text in
      guard let quantity = Quantity(text), quantity.unit == "MB" else { return nil }
      let size = quantity.number.double()
      return size <= 250 ? size : nil
    }
  }

  static var bandwidth: Notation {
    Notation("a bandwidth such as 100 MB/s, 0.001 MB/s to 1,000,000 MB/s", unit: true) { text in
      guard let quantity = Quantity(text), quantity.unit == "MB/s" else { return nil }
      let speed = quantity.number.double()
      return (0.001...1_000_000).contains(speed) ? speed : nil
    }
  }

  /// A share or a probability, as a number from 0 to 1.
  static var share: Notation {
    Notation("a share such as 1 % or 0.01, 0 % to 100 %") { text in
      guard let quantity = Quantity(text), ["", "%"].contains(quantity.unit) else { return nil }
      let share = quantity.number.double(shiftedBy: quantity.unit == "%" ? 2 : 0)
      return share <= 1 ? share : nil
    }
  }

  /// US dollars.
  static var dollars: Notation {
    Notation("US dollars without a unit such as 0.20, 0 to 1,000") { text in
      guard let dollars = DecimalNumber(text)?.double(), dollars <= 1_000 else { return nil }
      return dollars
    }
  }
}

extension Notation where Value == Bool {
  static var flag: Notation {
    word([("true", true), ("false", false)])
  }
}

extension Notation where Value == String {
  /// Text for people.
  static func text(atMost count: Int) -> Notation {
    Notation("a text of 1 to \(count) characters, on one line") { text in
      (1...count).contains(text.unicodeScalars.count) && Printable.line(text) == text ? text : nil
    }
  }
}
