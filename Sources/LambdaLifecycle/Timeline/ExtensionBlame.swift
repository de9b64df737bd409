// The extension that was the cause of what went wrong, as far as their states show.

extension EnvironmentTrack {
  /// The states of its extensions reported from `begin` to `end`.
  package func extensionStates(from begin: Timestamp, to end: Timestamp) -> ArraySlice<ExtensionMoment> {
    let first = extensionStates.partitionPoint { $0.time < begin }
    let count = extensionStates[first...].partitionPoint { $0.time <= end }
    return extensionStates[first..<count]
  }

  /// The extension whose failure was reported last between two moments.
  package func failedExtension(from begin: Timestamp, to end: Timestamp) -> ExtensionMoment? {
    extensionStates(from: begin, to: end).last { $0.state.isFailure }
  }

  /// All extensions that were ever named here.
  package var extensionNames: Set<Name> {
    var names = Set(extensionStates.map(\.name))
    for row in rows where row.extensionName != .none { names.insert(row.extensionName) }
    return names
  }
}

extension ExtensionState {
  /// It has failed while it was needed. One that does not end in time at a shutdown is another matter.
  package var isFailure: Bool {
    switch self {
    case .initError, .exitError, .launchError: true
    case .started, .registered, .ready, .running, .shutdownFailed, .exited: false
    }
  }
}
