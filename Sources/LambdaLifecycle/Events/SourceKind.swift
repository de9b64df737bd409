/// The kind of place that a stream of events comes from; the raw value is its name in recordings. All that is known of it
/// is its `profile`.
package enum SourceKind: String, CaseIterable, Sendable {
  case simulation, rie
  case rieManaged = "rie-managed"
  case samLocal = "sam-local"
  case localStack = "localstack"
  case cargoLambda = "cargo-lambda"
  case telemetry, native
  /// `lanes run`: our own emulator, over real processes.
  case emulator = "lanes-run"
  /// Logs of Lambda functions in CloudWatch, in text or JSON format; and their messages alone, without time and stream.
  case cloudWatch = "cloudwatch"
  case cloudWatchJSON = "cloudwatch-json"
  case cloudWatchMessages = "cloudwatch-messages"

  /// What it reports and what it cannot.
  @inline(__always)
  package var profile: SourceProfile {
    switch self {
    case .simulation: .simulation
    case .rie: .rie
    case .rieManaged: .rieManaged
    case .samLocal: .samLocal
    case .localStack: .localStack
    case .cargoLambda: .cargoLambda
    case .telemetry: .telemetry
    case .native: .native
    case .emulator: .emulator
    case .cloudWatch: .cloudWatch
    case .cloudWatchJSON: .cloudWatchJSON
    case .cloudWatchMessages: .cloudWatchMessages
    }
  }
}

// What is asked often, by the names of `SourceProfile`.
extension SourceKind {
  /// Its name for people.
  package var title: String { profile.title.description }

  /// The name of a phase there.
  package func title(of phase: Phase) -> String {
    phase == .create ? profile.titleOfCreate.description : phase.title
  }

  /// The things that it cannot report, for people.
  package var blindSpots: BlindSpots {
    BlindSpots(note: profile.blindNote.description, details: profile.blindDetails.description)
  }

  @inline(__always) package var tellsFreezing: Bool { profile.tellsFreezing }
  @inline(__always) package var tellsInitEnd: Bool { profile.tellsInitEnd }
  @inline(__always) package var tellsExtensionInit: Bool { profile.tellsExtensionInit }
  @inline(__always) package var tellsRest: Bool { profile.tellsRest }
  @inline(__always) package var tellsEnd: Bool { profile.tellsEnd }
  @inline(__always) package var tellsFailures: Bool { profile.tellsFailures }
  @inline(__always) package var hasUniqueRequests: Bool { profile.hasUniqueRequests }
  @inline(__always) package var reportsDuration: Bool { profile.reportsDuration }
  @inline(__always) package var clockResolution: Nanoseconds { profile.clockResolution }
}

/// The things that a source cannot report, in words; empty where it reports everything.
package struct BlindSpots: Equatable, Sendable {
  /// A few words for the header of the screen.
  package var note: String
  /// The same as a sentence.
  package var details: String
}
