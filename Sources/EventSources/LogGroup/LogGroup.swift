package import LambdaLifecycle

/// A log group of CloudWatch, and how the user's own `aws` reaches it.
package struct LogGroup: Equatable, Sendable {
  package var name: String
  package var region: String?
  package var profile: String?
  package var endpointURL: String?

  package init(name: String, region: String? = nil, profile: String? = nil, endpointURL: String? = nil) {
    self.name = name
    self.region = region
    self.profile = profile
    self.endpointURL = endpointURL
  }

  /// The function that writes to `/aws/lambda/NAME`; empty for a group with a name of its own.
  package var function: String {
    let prefix = "/aws/lambda/"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : ""
  }

  /// The arguments of `aws` for an operation on logs, the same for its versions 1 and 2.
  func words(_ operation: String) -> [String] {
    var words = ["logs", operation, "--output", "json", "--cli-connect-timeout", "10"]
    if let region { words += ["--region", region] }
    if let profile { words += ["--profile", profile] }
    if let endpointURL { words += ["--endpoint-url", endpointURL] }
    return words
  }

  /// The arguments of `aws` to get all events since a moment.
  /// - Parameter end: the moment after the last of them; nil for all there are.
  func arguments(from start: Timestamp, until end: Timestamp? = nil) -> [String] {
    let begin = ["--log-group-name", name, "--start-time", "\(max(0, start / .milliseconds(1)))"]
    return words("filter-log-events") + begin
      + (end.map { ["--end-time", "\($0 / .milliseconds(1))"] } ?? [])
  }

  /// Reads how far back to begin, in the words of `aws logs tail --since`: `30s`, `10m`, `2h`, `1d`, `1w`.
  /// - Returns: nil for anything else.
  package static func length(_ text: String) -> Nanoseconds? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (0...5_000_000_000 / unit).contains(count)
    else { return nil }
    return .seconds(count * unit)
  }
}
