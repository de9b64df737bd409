// What comes from lanes itself: it reports everything.

extension SourceProfile {
  package static let simulation = SourceProfile(
    title: "simulation",
    titleOfCreate: "create",
    tellsFreezing: true,
    tellsInitEnd: true,
    tellsExtensionInit: true,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: true,
    tellsFailures: true,
    hasUniqueRequests: false,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: false,
    clockResolution: 0,
    blindNote: "",
    blindDetails: "")

  /// Recording lines of any producer, who is taken at his word.
  package static let native = SourceProfile(
    title: "recording lines",
    titleOfCreate: "create",
    tellsFreezing: true,
    tellsInitEnd: true,
    tellsExtensionInit: true,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: true,
    tellsFailures: true,
    hasUniqueRequests: false,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: 0,
    blindNote: "",
    blindDetails: "")

  /// `lanes run`: our own emulator starts processes where Lambda creates an environment.
  package static let emulator = SourceProfile(
    title: "lanes run",
    titleOfCreate: "start (here)",
    tellsFreezing: true,
    tellsInitEnd: true,
    tellsExtensionInit: true,
    watchesHandlerFile: true,
    tellsRest: true,
    tellsEnd: true,
    tellsFailures: true,
    hasUniqueRequests: true,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: 0,
    blindNote: "",
    blindDetails: """
      Times are of this machine: start is what it takes here, where Lambda creates an environment.
      """)
}
