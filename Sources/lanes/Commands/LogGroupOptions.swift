import ArgumentParser
import EventSources
import LambdaLifecycle

/// Log groups of CloudWatch, and the settings by which `aws` reaches them.
struct LogGroupOptions: ParsableArguments {
  @Option(
    name: .customLong("log-group"),
    help: ArgumentHelp(
      "A log group of CloudWatch, which your own aws reads, with your credentials. May be repeated.",
      valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("The log groups' region; aws's own by default.", valueName: "region"))
  var region: String?

  @Option(help: ArgumentHelp("The profile of aws that may read the log groups.", valueName: "profile"))
  var profile: String?

  @Option(help: ArgumentHelp("Where aws asks instead of at AWS: LocalStack, moto.", valueName: "url"))
  var endpointURL: String?

  @Option(
    help: ArgumentHelp(
      "How far back the log groups are read: 30s, 10m, 2h, 1d; 10m by default.", valueName: "time"))
  var since: String?

  var groups: [LogGroup] {
    names.map { LogGroup(name: $0, region: region, profile: profile, endpointURL: endpointURL) }
  }

  /// The time that the log groups are read back from now.
  var length: Nanoseconds { since.flatMap(LogGroup.length) ?? .seconds(600) }

  /// The moment of the oldest events that are wanted.
  var start: Timestamp { currentTime() &- length }

  /// The stretch from there up to now.
  var stretch: Range<Timestamp> {
    let now = currentTime()
    return now &- length..<now
  }

  /// - Throws: `ValidationError`.
  func check() throws {
    if let since, LogGroup.length(since) == nil {
      throw ValidationError("--since \(since): expected a length of time such as 30s, 10m, 2h or 1d")
    }
    if names.isEmpty, region != nil || profile != nil || endpointURL != nil || since != nil {
      throw ValidationError(
        "--region, --profile, --endpoint-url and --since are for --log-group NAME, which is not there")
    }
    if names.contains("") { throw ValidationError("--log-group: expected a name such as /aws/lambda/hello") }
  }
}
