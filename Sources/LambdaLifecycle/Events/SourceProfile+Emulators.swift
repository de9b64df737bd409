// The emulators of others: they run a function here and say of it what they print.

extension SourceProfile {
  package static let rie = SourceProfile(
    title: "Runtime Interface Emulator",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: true,
    tellsExtensionInit: true,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: true,
    tellsFailures: false,
    hasUniqueRequests: true,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "idle here; Lambda would freeze",
    blindDetails: """
      RIE does not freeze, and does not tell runtime init from function init; the mark function-init does. Its option \
      --log-level debug tells the true boundaries: when each extension was ready and which requests the function \
      failed. Its clock has no zone: the arrival of its first line tells it.
      """)

  package static let rieManaged = SourceProfile(
    title: "Runtime Interface Emulator, Managed Instances",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: false,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: true,
    tellsFailures: false,
    hasUniqueRequests: true,
    reportsDuration: false,
    isManagedInstance: true,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "parts of init are not told",
    blindDetails: """
      RIE's Managed Instances mode does not tell the parts of init apart. At log level info it does not tell the end \
      of init either, which is drawn up to the first request: LOG_LEVEL=debug does.
      """)

  package static let samLocal = SourceProfile(
    title: "sam local",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: true,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: false,
    tellsEnd: true,
    tellsFailures: false,
    hasUniqueRequests: true,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "init and idle are not told",
    blindDetails: """
      sam local tells neither init, which is a part of the first invocation, nor what becomes of a container after an \
      invocation, nor a handler's exception. Which container of several takes a request is concluded.
      """)

  package static let localStack = SourceProfile(
    title: "LocalStack",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: true,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: true,
    tellsEnd: false,
    tellsFailures: false,
    hasUniqueRequests: false,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "idle here; Lambda would freeze",
    blindDetails: """
      LocalStack's log tells the start of an environment, its container's included, as one, and the output of an \
      invocation when it is over. Which environment of several takes a request is concluded: the first that idles. \
      Its clock has no zone: the arrival of its first line tells it.
      """)

  package static let cargoLambda = SourceProfile(
    title: "cargo lambda watch",
    titleOfCreate: "create",
    tellsFreezing: false,
    tellsInitEnd: true,
    tellsExtensionInit: false,
    watchesHandlerFile: false,
    tellsRest: false,
    tellsEnd: true,
    tellsFailures: false,
    hasUniqueRequests: true,
    reportsDuration: false,
    isManagedInstance: false,
    hasWallClock: true,
    clockResolution: .milliseconds(2),
    blindNote: "requests are not told",
    blindDetails: """
      cargo lambda tells instances alone: no requests, no init, no errors. Its option -v tells when an instance takes \
      a request and when it asks for the next.
      """)
}
