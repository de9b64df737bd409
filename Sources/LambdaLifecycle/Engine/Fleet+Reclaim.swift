// How long environments are kept, and how they are given back.

extension Fleet {
  /// An environment is idle from now on and is kept that long.
  @inline(__always)
  package mutating func keepIdle(_ slot: Slot, for length: Nanoseconds) { places[slot].idleTimeout = length }

  /// The environment is replaced after that moment, even under load.
  package mutating func setExpiry(of slot: Slot, at time: Timestamp) { places[slot].expires = time }

  /// When the environment in a slot is to be reclaimed; nil while it is not idle.
  @inline(__always)
  package func reclaimTime(of slot: Slot) -> Timestamp? {
    guard environments[slot].state.isIdle else { return nil }
    let place = places[slot]
    if isKept(slot) { return place.expires }
    let (time, isBeyond) = place.idleSince.addingReportingOverflow(place.idleTimeout)
    return min(isBeyond ? .never : time, place.expires)
  }

  /// Provisioned concurrency and the least number of Managed Instances are kept however long they idle.
  @inline(__always)
  private func isKept(_ slot: Slot) -> Bool {
    if places[slot].isProvisioned { return true }
    guard let pool = functions[Int(places[slot].function)].managed else { return false }
    // Those that are being ended are none to keep.
    return pool.slots.count { !environments[Int($0)].isEnding } <= pool.minimum
  }

  /// Takes an idle environment out of routing: it is about to end.
  /// - Returns: false if it is not idle.
  package mutating func takeOutOfRouting(_ slot: Slot) -> Bool {
    let function = Int(places[slot].function)
    if functions[function].managed != nil { return environments[slot].state.isIdle }
    if places[slot].isProvisioned { return functions[function].provisioned?.idle.remove(slot) == true }
    return functions[function].idle.remove(slot)
  }
}
