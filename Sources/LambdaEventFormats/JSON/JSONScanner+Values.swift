extension JSONScanner {
  /// Calls `body` with each key of the object at the position; `body` must read or skip the value.
  @inline(__always)
  mutating func object(_ body: (inout JSONScanner, JSONString) -> Void) {
    guard take(UInt8(ascii: "{")) else { return fail() }
    skipWhitespace()
    if take(UInt8(ascii: "}")) { return }
    while !failed {
      skipWhitespace()
      guard let key = string() else { return }
      skipWhitespace()
      guard take(UInt8(ascii: ":")) else { return fail() }
      skipWhitespace()
      body(&self, key)
      skipWhitespace()
      if take(UInt8(ascii: ",")) { continue }
      if !take(UInt8(ascii: "}")) { fail() }
      return
    }
  }

  /// Calls `body` at each value of the array at the position; `body` must read or skip the value.
  mutating func array(_ body: (inout JSONScanner) -> Void) {
    guard take(UInt8(ascii: "[")) else { return fail() }
    skipWhitespace()
    if take(UInt8(ascii: "]")) { return }
    while !failed {
      skipWhitespace()
      body(&self)
      skipWhitespace()
      if take(UInt8(ascii: ",")) { continue }
      if !take(UInt8(ascii: "]")) { fail() }
      return
    }
  }

  /// The number at the position times 10 to the power of `scale`, cut off towards zero; nil, without failing, if that
  /// does not fit. Integers all the way: a time in milliseconds becomes nanoseconds without rounding.
  @inline(__always)
  mutating func number(scale: Int) -> Int64? {
    let isNegative = take(UInt8(ascii: "-"))
    var mantissa: UInt64 = 0
    var digits = 0
    var shift = scale
    let hasLeadingZero = peek == UInt8(ascii: "0")
    let start = position
    while let digit = digit {
      // 19 digits fit into 64 bits; any further ones are counted, not read.
      if digits < 19 {
        mantissa = mantissa &* 10 &+ digit
        if mantissa != 0 { digits &+= 1 }
      } else {
        shift &+= 1
      }
      advance()
    }
    guard position > start, !hasLeadingZero || position == start &+ 1 else {
      fail()
      return nil
    }
    if take(UInt8(ascii: ".")) {
      let fraction = position
      while let digit = digit {
        if digits < 19 {
          mantissa = mantissa &* 10 &+ digit
          if mantissa != 0 { digits &+= 1 }
          shift &-= 1
        }
        advance()
      }
      guard position > fraction else {
        fail()
        return nil
      }
    }
    if peek | 0x20 == UInt8(ascii: "e") {
      guard let exponent = exponent() else { return nil }
      shift &+= exponent
    }
    return JSONScanner.scaled(mantissa, shift: shift, isNegative: isNegative)
  }

  @inline(__always) private var digit: UInt64? {
    let value = peek &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }

  private mutating func exponent() -> Int? {
    advance()
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    let start = position
    var value = 0
    while let digit = digit {
      // Beyond this every number is zero or does not fit.
      if value < 100_000 { value = value &* 10 &+ Int(digit) }
      advance()
    }
    guard position > start else {
      fail()
      return nil
    }
    return isNegative ? -value : value
  }

  @inline(__always)
  private static func scaled(_ mantissa: UInt64, shift: Int, isNegative: Bool) -> Int64? {
    var value = mantissa
    if shift > 0, value != 0 {
      guard shift < 20 else { return nil }
      if value < 1_000_000_000, shift <= 9 {
        // Nearly every number: cannot overflow.
        for _ in 0..<shift { value = value &* 10 }
        return isNegative ? -Int64(value) : Int64(value)
      }
      var overflow = false
      for _ in 0..<shift {
        let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
        value = product
        overflow = overflow || tooLarge
      }
      if overflow { return nil }
    } else if shift < 0 {
      if shift < -19 { return 0 }
      for _ in 0..<(-shift) { value /= 10 }
    }
    guard value <= UInt64(Int64.max) else {
      return isNegative && value == UInt64(Int64.max) + 1 ? .min : nil
    }
    return isNegative ? -Int64(value) : Int64(value)
  }
}
