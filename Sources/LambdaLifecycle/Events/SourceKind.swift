/// Where a stream of events comes from. It decides what the stream cannot tell.
package enum SourceKind: String, CaseIterable, Sendable {
  case simulation, rie, telemetry, native

  /// Its name for people.
  package var title: String {
    switch self {
    case .simulation: "simulation"
    case .rie: "Runtime Interface Emulator"
    case .telemetry: "Telemetry API"
    case .native: "recording lines"
    }
  }

  /// False: a gap between two invocations is an inferred `frozen`.
  @inline(__always)
  package var tellsFreezing: Bool {
    switch self {
    case .simulation, .native: true
    case .rie, .telemetry: false
    }
  }

  /// Init has its extensions' part apart, or has none: what is not divided is of runtime and function.
  package var tellsExtensionInit: Bool {
    switch self {
    case .simulation, .native, .rie: true
    case .telemetry: false
    }
  }

  /// Two times of this source that lie closer than this may be the same moment: no gap is inferred between them.
  @inline(__always)
  package var clockResolution: Nanoseconds {
    switch self {
    case .simulation, .native: 0
    case .rie, .telemetry: .milliseconds(2)
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
        details:
          "RIE does not freeze, and does not tell runtime init from function init; the mark function-init does. Its"
          + " option --log-level debug tells the true boundaries: when each extension was ready and which requests the"
          + " function failed.")
    case .telemetry:
      BlindSpots(
        note: "freezing is inferred",
        details: "The Telemetry API does not tell freezing, nor the parts of init apart.")
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
