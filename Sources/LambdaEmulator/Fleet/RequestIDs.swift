internal import LambdaLifecycle

/// Ids for requests. Not the system's randomness: that is a call of the system for each id, more than half of the time of
/// an invocation that does nothing.
struct RequestIDs {
  private var state: UInt64

  init() {
    var system = SystemRandomNumberGenerator()
    state = system.next()
  }

  /// A random UUID (version 4).
  mutating func next() -> RequestID {
    let high = bits() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = bits() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return RequestID(high: high, low: low)
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
