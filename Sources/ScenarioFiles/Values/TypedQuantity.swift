package import LambdaLifecycle

/// Quantities in options of the command line, in the words of scenarios, and a little more freely.
package enum TypedQuantity {
  /// `3s`, `1.5 s`, `6m`, `6 min`; nil for anything else.
  package static func duration(_ text: String) -> Nanoseconds? {
    guard let quantity = Quantity(text) else { return nil }
    // `m` behind a timeout means minutes.
    let unit = quantity.unit == "m" ? "min" : quantity.unit
    return TimeUnit.nanoseconds(unit).flatMap { quantity.number.times($0) }
  }

  /// `128MB`, `1 GB`, or a number of megabytes; nil for anything else.
  package static func megabytes(_ text: String) -> Int32? {
    guard let quantity = Quantity(text) else { return nil }
    let factor: Int64
    switch quantity.unit.uppercased() {
    case "", "M", "MB", "MIB": factor = 1
    case "G", "GB", "GIB": factor = 1_024
    default: return nil
    }
    return quantity.number.times(factor).flatMap { Int32(exactly: $0) }
  }
}
