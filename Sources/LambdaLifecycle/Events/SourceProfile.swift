/// All that is known of one kind of source: its name, what it reports and what it cannot.
///
/// Each source is one value (`SourceProfile+Own.swift`, `+Emulators`, `+Logs`), in which the compiler asks for every
/// field. Nothing in it is counted by reference: the fold asks for single fields at each event, which then cost a
/// comparison.
package struct SourceProfile: Sendable {
  /// Its name for people.
  package var title: StaticString
  /// The name of the phase `create` there.
  package var titleOfCreate: StaticString

  /// False: a gap between two invocations is an inferred `frozen`.
  package var tellsFreezing: Bool
  /// False: an init that nobody ends was over by the invocation that follows, and its length may be reported
  /// later.
  package var tellsInitEnd: Bool
  /// Init has its extensions' part apart, or has none: what is not divided is of runtime and function.
  package var tellsExtensionInit: Bool
  /// Function init begins where the handler's file is opened, and each extension of init is known: what stays undivided had
  /// no such file.
  package var watchesHandlerFile: Bool
  /// The state of an environment between two invocations is reported, or follows from what is: false where it
  /// may as well be gone.
  package var tellsRest: Bool
  /// False: the shutdown of an environment is not reported, so one that is silent for long may be gone.
  package var tellsEnd: Bool
  /// False: an invocation that looks well may have failed. Only what Lambda or the runtime prints is known.
  package var tellsFailures: Bool
  /// No two requests have one id: what arrives with a known one is no other attempt.
  package var hasUniqueRequests: Bool
  /// The Duration that it reports is Lambda's own: of runtime and extensions, with an init that ran inside, and without the
  /// environment's first.
  package var reportsDuration: Bool
  /// It runs as a Managed Instance, which takes several requests at once.
  package var isManagedInstance: Bool
  /// Its times are of the world, not virtual ones.
  package var hasWallClock: Bool
  /// Two times of this source that lie closer than this may be the same moment: no gap is inferred between them.
  package var clockResolution: Nanoseconds

  /// The things that it cannot report, in a few words for the header of the screen; empty where it reports everything.
  package var blindNote: StaticString
  /// The same in sentences, with what else is to be known of its figures.
  package var blindDetails: StaticString
}
