/// Where a stream of events comes from. It decides what the stream cannot tell.
package enum SourceKind: String, CaseIterable, Sendable {
  case simulation, rie, telemetry, native
  /// Logs of Lambda functions in CloudWatch, in text or JSON format; and their messages alone, without time and stream.
  case cloudWatch = "cloudwatch"
  case cloudWatchJSON = "cloudwatch-json"
  case cloudWatchMessages = "cloudwatch-messages"

  /// Its name for people.
  package var title: String {
    switch self {
    case .simulation: "simulation"
    case .rie: "Runtime Interface Emulator"
    case .telemetry: "Telemetry API"
    case .native: "recording lines"
    case .cloudWatch: "CloudWatch"
    case .cloudWatchJSON: "CloudWatch, JSON"
    case .cloudWatchMessages: "CloudWatch, messages alone"
    }
  }

  /// False: a gap between two invocations is an inferred `frozen`.
  @inline(__always)
  package var tellsFreezing: Bool {
    switch self {
    case .simulation, .native: true
    case .rie, .telemetry, .cloudWatch, .cloudWatchJSON, .cloudWatchMessages: false
    }
  }

  /// False: an init that nobody ends was over by the invocation that follows, and how long it took may be told later.
  @inline(__always)
  package var tellsInitEnd: Bool {
    switch self {
    case .simulation, .native, .rie, .telemetry: true
    case .cloudWatch, .cloudWatchJSON, .cloudWatchMessages: false
    }
  }

  /// Two times of this source that lie closer than this may be the same moment: no gap is inferred between them.
  @inline(__always)
  package var clockResolution: Nanoseconds {
    switch self {
    case .simulation, .native: 0
    case .rie, .telemetry, .cloudWatch, .cloudWatchJSON, .cloudWatchMessages: .milliseconds(2)
    }
  }

  /// What it cannot tell, for people.
  package var blindSpots: BlindSpots {
    switch self {
    case .simulation, .native:
      BlindSpots(note: "", details: "")
    case .rie:
      BlindSpots(
        note: "idle here; Lambda would freeze",
        details: "RIE does not freeze, and does not tell runtime init from function init.")
    case .telemetry:
      BlindSpots(
        note: "freezing is inferred",
        details: "The Telemetry API does not tell freezing, nor the parts of init apart.")
    case .cloudWatch:
      BlindSpots(
        note: "freezing, shutdown not told",
        details:
          "CloudWatch's text logs come late. They do not tell freezing, shutdown, the parts of init or the"
          + " extensions' share of an invocation; how long init took comes with the first REPORT.")
    case .cloudWatchJSON:
      BlindSpots(
        note: "freezing, shutdown not told",
        details:
          "CloudWatch's JSON logs come late. They do not tell freezing or shutdown; the end of init and the"
          + " extensions' share of an invocation only at system log level DEBUG.")
    case .cloudWatchMessages:
      BlindSpots(
        note: "messages only: times by arrival, environments guessed",
        details:
          "Messages without time and log stream: they happened when they arrived, and environments are told"
          + " apart only where one begins or two requests run at once. aws logs tail tells both.")
    }
  }
}

/// What a source cannot tell, in words; empty where it tells everything.
package struct BlindSpots: Equatable, Sendable {
  /// A few words for the header of the screen.
  package var note: String
  /// The same as a sentence.
  package var details: String
}
