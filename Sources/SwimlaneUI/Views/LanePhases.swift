internal import LambdaLifecycle

// The lane of an expanded environment in which a phase stands, and the phase that gives a lane its name and colour.

extension Phase {
  /// It has its spans in that lane. An init that is not divided lies over three lanes.
  func stands(in lane: EnvironmentRow.Lane) -> Bool {
    switch self {
    case .create: lane == .create
    case .extensionInit: lane == .extensionInit
    case .runtimeInit: lane == .runtimeInit
    case .functionInit: lane == .functionInit
    case .initialization: lane == .extensionInit || lane == .runtimeInit || lane == .functionInit
    case .restore: lane == .restore
    case .invoke: lane == .invoke
    case .frozen: lane == .frozen
    case .runtimeShutdown, .extensionShutdown, .shutdown: lane == .shutdown
    }
  }
}

extension EnvironmentRow.Lane {
  /// The phase after which it is named and coloured; nil where there is none.
  var phase: Phase? {
    switch self {
    case .create: .create
    case .restore: .restore
    case .extensionInit, .ofExtension: .extensionInit
    case .runtimeInit: .runtimeInit
    case .functionInit: .functionInit
    case .invoke, .invocation: .invoke
    case .frozen: .frozen
    case .shutdown: .shutdown
    case .marks, .moreExtensions: nil
    }
  }

  var title: String {
    switch self {
    case .create, .restore, .extensionInit, .runtimeInit, .functionInit, .invoke, .frozen, .shutdown:
      phase?.title ?? ""
    case .moreExtensions(let count): "  and \(count) more"
    case .invocation(let place):
      "invoke \(place + 1)" + (place + 1 == EnvironmentTrack.placeLimit ? " and more" : "")
    case .marks(0): "marks"
    case .marks, .ofExtension: ""
    }
  }

  /// The lanes of an environment's timeline that stand in it.
  var parts: [EnvironmentTrack.LaneIndex] {
    switch self {
    case .invocation(let place): [.invocation(place)]
    case .frozen: [.phase(.frozen), .inferredFrozen]
    case .marks, .ofExtension, .moreExtensions: []
    case .create, .restore, .extensionInit, .runtimeInit, .functionInit, .invoke, .shutdown:
      Phase.wholeFirst.compactMap { $0.stands(in: self) ? .phase($0) : nil }
    }
  }
}

extension EnvironmentTrack {
  /// An init that its source did not divide is drawn in that lane of init.
  func leavesUndivided(_ lane: EnvironmentRow.Lane) -> Bool {
    switch lane {
    // Where a source reports the extensions' part, or there are none, only the rest of init is undivided.
    case .extensionInit: self[.extensionInit].isEmpty && !source.profile.watchesHandlerFile
    // Where the function has reported its part of init, only the rest is undivided.
    case .functionInit: self[.functionInit].isEmpty
    case .create, .restore, .ofExtension, .moreExtensions, .runtimeInit, .invoke, .frozen, .shutdown,
      .invocation, .marks:
      true
    }
  }
}
