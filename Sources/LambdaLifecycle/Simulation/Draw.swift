/// The purpose of a random number. Draw k of a stream depends on nothing else: one injected request does not
/// reshuffle the rest, and a fork sees the same future.
package enum DrawStream: UInt64, Sendable {
  case create = 1, extensionRegister, extensionReady, runtimeInit, functionInit, handler, extensionWork
  case runtimeExit, extensionExit, arrival, requestHigh, requestLow
  /// The dice of tests.
  case test
  case restore, restoreHooks, background, idleTimeout, lifetime, requestKind, initFailure, extensionFailure
  case environment
}

/// Counter-based random bits: f(seed, stream, k), after SplitMix64.
@inline(__always)
package func draw(seed: UInt64, _ stream: DrawStream, _ k: UInt64) -> UInt64 {
  var z = (seed &+ stream.rawValue &* 0xD1B5_4A32_D192_ED03) &+ k &* 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// Uniform in the open interval (0, 1).
@inline(__always)
package func unitInterval(_ bits: UInt64) -> Double { (Double(bits >> 11) + 0.5) * 0x1p-53 }

/// Natural logarithm by + − × ÷ only, for x > 0 and not subnormal: the same bits on every machine, which the C
/// library's does not promise (it picks a variant by processor).
package func portableLog(_ x: Double) -> Double {
  // x = m · 2^power with √½ ≤ m < √2. By bits: the library's significand and exponent are calls, a comparison of
  // random numbers is mispredicted every second time.
  let overRootHalf = x.bitPattern &- 0x3FE6_A09E_667F_3BCD
  let power = Int64(bitPattern: overRootHalf) >> 52
  let m = Double(bitPattern: x.bitPattern &- UInt64(bitPattern: power << 52))
  // ln m = 2 artanh s with s = (m − 1)/(m + 1), |s| < 0.18: the odd series up to s^19 is exact to the last bits. Its
  // terms in two chains, which the processor works on at once.
  let s = (m - 1) / (m + 1)
  let z = s * s
  let w = z * z
  let odd = 1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19))))
  let even = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17)))
  return Double(power) * 0.6931471805599453 + 2 * s * (1 + z * (odd + z * even))
}

/// Exponential function by + − × ÷ only, for |x| < 700.
package func portableExp(_ x: Double) -> Double {
  let halvings = (x * 1.4426950408889634).rounded()
  let rest = (x - halvings * 0.693147180369123816490) - halvings * 1.90821492927058770002e-10
  var term = 1.0
  var sum = 1.0
  for k in 1...16 {
    term = term * rest / Double(k)
    sum += term
  }
  return Double(sign: .plus, exponent: Int(halvings), significand: sum)
}

/// Quantile of the normal distribution (P. Acklam's rational approximation, relative error below 1.2e-9).
package func normalQuantile(_ p: Double) -> Double {
  func tail(_ q: Double) -> Double {
    let numerator =
      ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
        - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783
    let denominator =
      (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
        + 3.754408661907416) * q + 1
    return numerator / denominator
  }
  if p < 0.02425 { return tail((-2 * portableLog(p)).squareRoot()) }
  if p > 1 - 0.02425 { return -tail((-2 * portableLog(1 - p)).squareRoot()) }
  let q = p - 0.5
  let r = q * q
  let numerator =
    (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
      + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * q
  let denominator =
    ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
      + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1
  return numerator / denominator
}
