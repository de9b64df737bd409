// Single facts out of the values that a track is made of, for its readers. Those that are asked of each environment for each
// frame are inlined into other modules: a call would be given a copy of the whole track.

extension EnvironmentTrack {
  /// The earliest moment at which it is known to have been there.
  @inlinable package var created: Timestamp { creation.time }
  @inlinable package var initializationType: InitializationType { creation.type }

  /// When it ended; `.never` while it lives.
  @inlinable package var gone: Timestamp { departure.time }
  package var goneReason: ShutdownReason { departure.reason }
  /// More about the reason, in the source's words; `.none` without any.
  package var goneDetail: Name { departure.detail }

  /// Events that arrived after a later one.
  package var late: Int { arrivalOrder.late }
  /// The latest moment that an event was of.
  package var lastEvent: Timestamp { arrivalOrder.latest }
  /// Invocations that have begun.
  package var invocations: Int { @inline(__always) get { service.invocations } }
  /// An init of it has ended, well or badly, and none runs.
  package var isInitialized: Bool { initProgress.isOver }
  /// From when on nobody knows whether it is still there; `.never` where somebody does.
  package var silentFrom: Timestamp { inferredRest.silentFrom }

  /// The marks of its function, in order of the begins.
  package var marks: [MarkRow] { @inline(__always) _read { yield markTable.rows } }
  /// How many marks were open at once at most.
  package var markDepth: Int { markTable.depth }
}
