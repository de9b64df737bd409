/// A decimal number exactly as it is written, without sign and exponent: `digits` / 10^`fractionDigits`.
struct DecimalNumber: Equatable, Sendable {
  private(set) var digits: Int128 = 0
  private(set) var fractionDigits = 0

  /// The most digits, without leading zeros. More are no measurement, and this many times an hour in nanoseconds
  /// fits 128 bits.
  private static let mostDigits = 20

  /// Reads `12`, `0.5` and `1.50`; nil for anything else.
  init?(_ text: some StringProtocol) {
    var zeros = 0
    var hasPoint = false
    var before = 0
    var after = 0
    var significant = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), !hasPoint, before > 0 {
        hasPoint = true
        continue
      }
      guard byte &- UInt8(ascii: "0") < 10 else { return nil }
      if hasPoint { after += 1 } else { before += 1 }
      // Zeros at the end of the fraction wait until another digit follows.
      if hasPoint, byte == UInt8(ascii: "0") {
        zeros += 1
        continue
      }
      for digit in repeatElement(0, count: zeros) + [Int128(byte &- UInt8(ascii: "0"))] {
        if digits > 0 || digit > 0 { significant += 1 }
        guard significant <= Self.mostDigits, fractionDigits < Self.mostDigits else { return nil }
        digits = digits * 10 + digit
        if hasPoint { fractionDigits += 1 }
      }
      zeros = 0
    }
    guard before > 0, !hasPoint || after > 0 else { return nil }
  }

  private var denominator: Int128 { Self.powerOfTen(fractionDigits) }

  private static func powerOfTen(_ exponent: Int) -> Int128 {
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// `unit` times this number, rounded half up; nil if it does not fit.
  func times(_ unit: Int64) -> Int64? {
    let (product, overflow) = digits.multipliedReportingOverflow(by: Int128(unit))
    guard !overflow else { return nil }
    return Int64(exactly: Self.quotient(product, denominator))
  }

  /// `unit` divided by this number, rounded half up; nil if that does not fit or the number is zero.
  func dividing(_ unit: Int64) -> Int64? {
    guard digits > 0 else { return nil }
    let (product, overflow) = denominator.multipliedReportingOverflow(by: Int128(unit))
    guard !overflow else { return nil }
    return Int64(exactly: Self.quotient(product, digits))
  }

  private static func quotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let (whole, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    return rest >= divisor - rest ? whole + 1 : whole
  }

  /// The whole number, if it is one that fits.
  var whole: Int64? { fractionDigits == 0 ? Int64(exactly: digits) : nil }

  /// The nearest binary number to this / 10^`shift`.
  func double(shiftedBy shift: Int = 0) -> Double { Double("\(digits)e-\(fractionDigits + shift)") ?? 0 }
}
