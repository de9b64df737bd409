internal import LambdaLifecycle

/// A length in a unit with two digits behind the point, as Lambda prints them; further digits are cut off.
func hundredths(_ length: Nanoseconds, of unit: Nanoseconds) -> String {
  let count = length / (unit / 100)
  let rest = count % 100
  return "\(count / 100).\(rest < 10 ? "0" : "")\(rest)"
}
