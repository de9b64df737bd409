// What Lambda itself reports of functions that run there.

extension SourceProfile {
  package static let telemetry = SourceProfile(
    title: "Telemetry API",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: true,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: false,
    tellsFailures: true,
    hasUniqueRequests: false,
    reportsDuration: true,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "freezing is inferred",
    blindDetails: "The Telemetry API does not tell freezing, nor the parts of init apart.")

  package static let cloudWatch = SourceProfile(
    title: "CloudWatch",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: false,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: false,
    tellsFailures: false,
    hasUniqueRequests: false,
    reportsDuration: true,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "freezing, shutdown not told",
    blindDetails: """
      CloudWatch's text logs come late. They do not tell freezing, shutdown, the parts of init or the extensions' \
      share of an invocation; how long init took comes with the first REPORT. Of errors, only those that Lambda or the \
      runtime prints are known. An environment counts until the log ends. Where lines do not name their log stream, \
      environments are told apart only where one begins or two requests run at once. Times without a zone are taken \
      for UTC.
      """)

  package static let cloudWatchJSON = SourceProfile(
    title: "CloudWatch, JSON",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: false,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: false,
    tellsFailures: false,
    hasUniqueRequests: false,
    reportsDuration: true,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "freezing, shutdown not told",
    blindDetails: """
      CloudWatch's JSON logs come late. They do not tell freezing or shutdown; the end of init and the extensions' \
      share of an invocation only at system log level DEBUG. Of errors, only those that Lambda or the runtime prints \
      are known. An environment counts until the log ends.
      """)

  /// Messages alone, without time and stream.
  package static let cloudWatchMessages = SourceProfile(
    title: "CloudWatch, messages alone",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: false,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: false,
    tellsFailures: false,
    hasUniqueRequests: false,
    reportsDuration: true,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "messages only: times by arrival, environments guessed",
    blindDetails: """
      Messages without time and log stream: they happened when they arrived, or one after another, and environments \
      are told apart only where one begins or two requests run at once. Whether an init ran ahead of its request is \
      not known, nor an error that neither Lambda nor the runtime prints. aws logs tail tells times and streams.
      """)
}
