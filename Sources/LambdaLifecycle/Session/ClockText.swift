/// Reads a length as people write it.
package enum ClockText {
  private static let units: [(name: String, length: Nanoseconds)] = [
    ("ms", .milliseconds(1)), ("min", .seconds(60)), ("s", .seconds(1)), ("m", .seconds(60)),
    ("h", .seconds(3_600)), ("d", .seconds(86_400)),
  ]

  /// `1m30s`, `250ms`, `1.5s`, `2h`, `1:30`, `1:02:03.5`, or a number of seconds; nil for anything else.
  package static func length(_ text: String) -> Nanoseconds? {
    let text = text.lowercased()
    if text.contains(":") { return clock(text) }
    var rest = Substring(text)
    var sum: Nanoseconds = 0
    var previous = Nanoseconds.max
    while !rest.isEmpty {
      guard let number = takeNumber(&rest) else { return nil }
      if rest.isEmpty, previous == .max { return scaled(number, .seconds(1)) }
      let letters = rest.prefix { $0.isLetter }
      // The larger unit comes first, each once.
      guard let unit = units.first(where: { $0.name == letters })?.length, unit < previous,
        let part = scaled(number, unit)
      else { return nil }
      previous = unit
      rest = rest.dropFirst(letters.count)
      let (total, overflow) = sum.addingReportingOverflow(part)
      guard !overflow else { return nil }
      sum = total
    }
    return previous == .max ? nil : sum
  }

  /// Minutes and seconds, with hours before them or not.
  private static func clock(_ text: String) -> Nanoseconds? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return nil }
    var sum = 0.0
    for (place, part) in parts.enumerated() {
      var rest = part
      guard let number = takeNumber(&rest), rest.isEmpty, place == 0 || number < 60 else { return nil }
      guard place == parts.count - 1 || !part.contains(".") else { return nil }
      sum = sum * 60 + number
    }
    return scaled(sum, .seconds(1))
  }

  private static func takeNumber(_ rest: inout Substring) -> Double? {
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), digits.first != "." else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private static func scaled(_ number: Double, _ unit: Nanoseconds) -> Nanoseconds? {
    let length = (number * Double(unit)).rounded()
    return length < 4e18 ? Nanoseconds(length) : nil
  }
}
