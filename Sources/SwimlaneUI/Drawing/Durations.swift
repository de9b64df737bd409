package import LambdaLifecycle

// Lengths and moments in words short enough for a bar or an axis.

/// A length with its unit: `812 µs`, `81 ms`, `1.28 s`, `2 m 05 s`, `3 h 20 m`.
package func text(ofLength length: Nanoseconds) -> String {
  if length < 0 { return "-" + text(ofLength: Nanoseconds(clamping: length.magnitude)) }
  switch length {
  case 0: return "0 ms"
  case ..<1_000: return "\(length) ns"
  case ..<1_000_000: return "\(length / 1_000) µs"
  case ..<10_000_000: return decimal(length, unit: 1_000_000, places: 1) + " ms"
  case ..<999_500_000: return "\((length + 500_000) / 1_000_000) ms"
  case ..<9_995_000_000: return decimal(length, unit: 1_000_000_000, places: 2) + " s"
  case ..<59_950_000_000: return decimal(length, unit: 1_000_000_000, places: 1) + " s"
  case ..<3_599_500_000_000:
    let seconds = (length + 500_000_000) / 1_000_000_000
    return "\(seconds / 60) m \(padded(seconds % 60)) s"
  default:
    let minutes = length / 60_000_000_000 + (length % 60_000_000_000) / 30_000_000_000
    return "\(minutes / 60) h \(padded(minutes % 60)) m"
  }
}

/// A length without a needless fraction, for settings: `10 s`, `1.5 s`, `6 min`.
package func text(ofSetting length: Nanoseconds) -> String {
  if length == .never { return "none" }
  let milliseconds = length / 1_000_000
  if milliseconds % 60_000 == 0, milliseconds >= 60_000 { return "\(milliseconds / 60_000) min" }
  if milliseconds % 1_000 == 0 { return "\(milliseconds / 1_000) s" }
  if milliseconds >= 1_000 { return decimal(length, unit: 1_000_000_000, places: 1) + " s" }
  return "\(milliseconds) ms"
}

/// The length of something that goes on, in tenths of a second at most: figures that change are no noise.
package func text(ofAge length: Nanoseconds) -> String {
  switch length {
  case ..<9_950_000_000: decimal(length, unit: 1_000_000_000, places: 1) + " s"
  case ..<60_000_000_000: "\(length / 1_000_000_000) s"
  default: text(ofLength: length)
  }
}

/// A moment of a session, from its begin: `00:12.4`, `1:02:03.4`.
package func text(ofClock offset: Nanoseconds) -> String {
  let tenths = max(0, offset) / 100_000_000
  let seconds = tenths / 10
  let rest = "\(padded(seconds / 60 % 60)):\(padded(seconds % 60)).\(tenths % 10)"
  return seconds >= 3_600 ? "\(seconds / 3_600):\(rest)" : rest
}

/// The same, as exact as a column that stands for `precision` needs it, to a hundred thousandth of a second.
func text(ofClock offset: Nanoseconds, precision: Nanoseconds) -> String {
  let digits =
    precision >= .milliseconds(50)
    ? 1 : precision >= .milliseconds(5) ? 2 : precision >= 500_000 ? 3 : precision >= 50_000 ? 4 : 5
  let rest = max(0, offset) % 100_000_000
  let text = String(rest + 100_000_000).dropFirst(1)
  return SwimlaneUI.text(ofClock: offset) + text.prefix(digits - 1)
}

/// A label of the axis, as exact as the distance of its ticks asks.
func text(ofTick offset: Nanoseconds, step: Nanoseconds) -> String {
  if offset < 0 { return "-" + text(ofTick: Nanoseconds(clamping: offset.magnitude), step: step) }
  if step < .milliseconds(1) {
    return decimal(offset, unit: 1_000_000, places: step < 100_000 ? 2 : 1) + "ms"
  }
  let places = step >= .seconds(1) ? 0 : step >= .milliseconds(100) ? 1 : step >= .milliseconds(10) ? 2 : 3
  if offset < .seconds(60) {
    if step < .seconds(1), offset < .seconds(1) { return "\(offset / 1_000_000)ms" }
    return decimal(offset, unit: 1_000_000_000, places: places) + "s"
  }
  let seconds = offset / 1_000_000_000
  let fraction =
    places == 0
    ? "" : decimal(offset % 1_000_000_000 + 1_000_000_000, unit: 1_000_000_000, places: places).dropFirst()
  if seconds < 3_600 { return "\(seconds / 60):\(padded(seconds % 60))\(fraction)" }
  let hours = "\(seconds / 3_600)h\(padded(seconds / 60 % 60))"
  return step < .seconds(60) ? "\(hours):\(padded(seconds % 60))\(fraction)" : hours
}

/// Rounded decimal text of `value / unit` without floating point.
package func decimal(_ value: Int64, unit: Int64, places: Int) -> String {
  var scale: UInt128 = 1
  for _ in 0..<places { scale *= 10 }
  // 128 bits: a ratio of two lengths may be anything.
  let unit = UInt128(unit.magnitude)
  let rounded = (UInt128(value.magnitude) * scale + unit / 2) / unit
  let sign = value < 0 && rounded > 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(rounded)" }
  var fraction = "\(rounded % scale)"
  while fraction.utf8.count < places { fraction = "0" + fraction }
  return "\(sign)\(rounded / scale).\(fraction)"
}

private func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

/// A count with its thousands set apart: `1,234`.
package func grouped(_ count: Int) -> String {
  var text = ""
  for (place, digit) in String(count.magnitude).reversed().enumerated() {
    if place > 0, place % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (count < 0 ? "-" : "") + String(text.reversed())
}

/// A share in whole percent; a share that is neither none nor all is never written as if it were.
/// - Parameter share: 0 to 1.
package func text(ofShare share: Double) -> String {
  let percent = Int((share * 100).rounded())
  if share > 0, percent == 0 { return "<1 %" }
  if share < 1, percent == 100 { return ">99 %" }
  return "\(percent) %"
}
