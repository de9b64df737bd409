/// A failure of `aws`, which may pass by itself or not.
struct AWSFailure: Equatable, Sendable {
  enum Obstacle: Sendable {
    case throttled, network, outage

    /// In a few words.
    var words: String {
      switch self {
      case .throttled: "throttled by AWS"
      case .network: "no network"
      case .outage: "AWS has a fault"
      }
    }
  }

  /// The error that `aws` printed.
  var line: String
  /// An obstacle that may pass; nil if the failure will not.
  var obstacle: Obstacle?

  init(_ status: ChildStatus, stderr: String) {
    line = Self.errorLine(stderr) ?? "aws \(status) and said nothing"
    obstacle = Self.obstacle(line)
  }

  /// The first line that gives the error: Python's warnings may stand before it.
  private static func errorLine(_ stderr: String) -> String? {
    stderr.split(whereSeparator: \.isNewline).first { line in
      line.first?.isWhitespace == false && !line.lowercased().contains("warning")
    }.map(String.init)
  }

  /// The codes are those of the CloudWatch Logs API's page on common errors, the sentences botocore's (exceptions.py).
  private static func obstacle(_ line: String) -> Obstacle? {
    let throttling = [
      "ThrottlingException", "Throttling)", "TooManyRequests", "LimitExceeded", "Rate exceeded",
    ]
    if throttling.contains(where: line.contains) { return .throttled }
    let network = [
      "Could not connect to the endpoint URL", "Connect timeout", "Read timeout", "Connection was closed",
      "Failed to connect to proxy",
    ]
    if network.contains(where: line.contains) { return .network }
    let outage = ["ServiceUnavailable", "InternalFailure", "InternalServerError", "(500)", "(502)", "(503)"]
    return outage.contains(where: line.contains) ? .outage : nil
  }
}
