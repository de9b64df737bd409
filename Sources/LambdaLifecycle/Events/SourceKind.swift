/// The kind of place that a stream of events comes from. It decides what the stream cannot report.
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

  /// Its name for people.
  package var title: String {
    switch self {
    case .simulation: "simulation"
    case .rie: "Runtime Interface Emulator"
    case .rieManaged: "Runtime Interface Emulator, Managed Instances"
    case .samLocal: "sam local"
    case .localStack: "LocalStack"
    case .cargoLambda: "cargo lambda watch"
    case .telemetry: "Telemetry API"
    case .native: "recording lines"
    case .emulator: "lanes run"
    case .cloudWatch: "CloudWatch"
    case .cloudWatchJSON: "CloudWatch, JSON"
    case .cloudWatchMessages: "CloudWatch, messages alone"
    }
  }

  /// The name of a phase there: our emulator starts processes where Lambda creates an environment.
  package func title(of phase: Phase) -> String {
    self == .emulator && phase == .create ? "start (here)" : phase.title
  }

  /// False: a gap between two invocations is an inferred `frozen`.
  @inline(__always)
  package var tellsFreezing: Bool {
    switch self {
    case .simulation, .native, .emulator: true
    case .rie, .rieManaged, .samLocal, .localStack, .cargoLambda, .telemetry, .cloudWatch, .cloudWatchJSON,
      .cloudWatchMessages:
      false
    }
  }

  /// False: an init that nobody ends was over by the invocation that follows, and its length may be reported
  /// later.
  @inline(__always)
  package var tellsInitEnd: Bool {
    switch self {
    case .simulation, .native, .emulator, .rie, .samLocal, .localStack, .cargoLambda, .telemetry: true
    case .rieManaged, .cloudWatch, .cloudWatchJSON, .cloudWatchMessages: false
    }
  }

  /// No two requests have one id: what arrives with a known one is no other attempt.
  package var hasUniqueRequests: Bool {
    switch self {
    case .rie, .rieManaged, .samLocal, .cargoLambda, .emulator: true
    case .simulation, .native, .telemetry, .localStack, .cloudWatch, .cloudWatchJSON, .cloudWatchMessages:
      false
    }
  }

  /// False: an invocation that looks well may have failed. Only what Lambda or the runtime prints is known.
  package var tellsFailures: Bool {
    switch self {
    case .simulation, .native, .emulator, .telemetry: true
    case .rie, .rieManaged, .samLocal, .localStack, .cargoLambda, .cloudWatch, .cloudWatchJSON,
      .cloudWatchMessages:
      false
    }
  }

  /// The state of an environment between two invocations is reported, or follows from what is: false where it
  /// may as well be gone.
  package var tellsRest: Bool {
    switch self {
    case .simulation, .native, .emulator, .rie, .rieManaged, .localStack, .telemetry, .cloudWatch,
      .cloudWatchJSON,
      .cloudWatchMessages:
      true
    case .samLocal, .cargoLambda: false
    }
  }

  /// False: the shutdown of an environment is not reported, so one that is silent for long may be gone.
  package var tellsEnd: Bool {
    switch self {
    case .simulation, .native, .emulator, .rie, .rieManaged, .samLocal, .cargoLambda: true
    case .localStack, .telemetry, .cloudWatch, .cloudWatchJSON, .cloudWatchMessages: false
    }
  }

  /// Init has its extensions' part apart, or has none: what is not divided is of runtime and function.
  package var tellsExtensionInit: Bool {
    switch self {
    case .simulation, .native, .emulator, .rie: true
    case .rieManaged, .samLocal, .localStack, .cargoLambda, .telemetry, .cloudWatch, .cloudWatchJSON,
      .cloudWatchMessages:
      false
    }
  }

  /// The Duration that it reports is Lambda's own: of runtime and extensions, with an init that ran inside, and without the
  /// environment's first.
  package var reportsDuration: Bool {
    switch self {
    case .cloudWatch, .cloudWatchJSON, .cloudWatchMessages, .telemetry: true
    case .simulation, .native, .emulator, .rie, .rieManaged, .samLocal, .localStack, .cargoLambda: false
    }
  }

  /// Two times of this source that lie closer than this may be the same moment: no gap is inferred between them.
  @inline(__always)
  package var clockResolution: Nanoseconds {
    switch self {
    case .simulation, .native, .emulator: 0
    case .rie, .rieManaged, .samLocal, .localStack, .cargoLambda, .telemetry, .cloudWatch, .cloudWatchJSON,
      .cloudWatchMessages:
      .milliseconds(2)
    }
  }

  /// The things that it cannot report, for people.
  package var blindSpots: BlindSpots {
    switch self {
    case .simulation, .native:
      BlindSpots(note: "", details: "")
    case .emulator:
      BlindSpots(
        note: "",
        details:
          "Times are of this machine: start is what it takes here, where Lambda creates an environment.")
    case .rie:
      BlindSpots(
        note: "idle here; Lambda would freeze",
        details:
          "RIE does not freeze, and does not tell runtime init from function init; the mark function-init does. Its"
          + " option --log-level debug tells the true boundaries: when each extension was ready and which requests the"
          + " function failed. Its clock has no zone: the arrival of its first line tells it.")
    case .rieManaged:
      BlindSpots(
        note: "parts of init are not told",
        details:
          "RIE's Managed Instances mode does not tell the parts of init apart. At log level info it does not tell"
          + " the end of init either, which is drawn up to the first request: LOG_LEVEL=debug does.")
    case .samLocal:
      BlindSpots(
        note: "init and idle are not told",
        details:
          "sam local tells neither init, which is a part of the first invocation, nor what becomes of a container"
          + " after an invocation, nor a handler's exception. Which container of several takes a request is concluded."
      )
    case .localStack:
      BlindSpots(
        note: "idle here; Lambda would freeze",
        details:
          "LocalStack's log tells the start of an environment, its container's included, as one, and the output of"
          + " an invocation when it is over. Which environment of several takes a request is concluded: the first"
          + " that idles. Its clock has no zone: the arrival of its first line tells it.")
    case .cargoLambda:
      BlindSpots(
        note: "requests are not told",
        details:
          "cargo lambda tells instances alone: no requests, no init, no errors. Its option -v tells when an"
          + " instance takes a request and when it asks for the next.")
    case .telemetry:
      BlindSpots(
        note: "freezing is inferred",
        details: "The Telemetry API does not tell freezing, nor the parts of init apart.")
    case .cloudWatch:
      BlindSpots(
        note: "freezing, shutdown not told",
        details:
          "CloudWatch's text logs come late. They do not tell freezing, shutdown, the parts of init or the"
          + " extensions' share of an invocation; how long init took comes with the first REPORT. Of errors, only those"
          + " that Lambda or the runtime prints are known. An environment counts until the log ends. Where lines do not"
          + " name their log stream, environments are told apart only where one begins or two requests run at once. Times"
          + " without a zone are taken for UTC.")
    case .cloudWatchJSON:
      BlindSpots(
        note: "freezing, shutdown not told",
        details:
          "CloudWatch's JSON logs come late. They do not tell freezing or shutdown; the end of init and the"
          + " extensions' share of an invocation only at system log level DEBUG. Of errors, only those that Lambda or the"
          + " runtime prints are known. An environment counts until the log ends.")
    case .cloudWatchMessages:
      BlindSpots(
        note: "messages only: times by arrival, environments guessed",
        details:
          "Messages without time and log stream: they happened when they arrived, or one after another, and"
          + " environments are told apart only where one begins or two requests run at once. Whether an init ran ahead of"
          + " its request is not known, nor an error that neither Lambda nor the runtime prints. aws logs tail tells times"
          + " and streams.")
    }
  }
}

/// The things that a source cannot report, in words; empty where it reports everything.
package struct BlindSpots: Equatable, Sendable {
  /// A few words for the header of the screen.
  package var note: String
  /// The same as a sentence.
  package var details: String
}
