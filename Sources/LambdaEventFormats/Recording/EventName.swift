internal import LambdaLifecycle

/// The value of `event` in a recording.
enum EventName: String, CaseIterable {
  case functionDescribed, environmentCreated, environmentGone
  case phaseBegan, phaseEnded, thawed, runtimeDone, extensionState
  case requestArrived, requestAssigned, requestThrottled, requestDropped, requestAnswered
  case report, initReport, output, payload, settingChanged, marker, mark, imported, lineRan, packageImported,
    moduleImported, forked, dropped,
    undecodable
  /// Not something that happened: the description of one of several sources.
  case source

  init(_ kind: LifecycleEvent.Kind) {
    switch kind {
    case .functionDescribed: self = .functionDescribed
    case .environmentCreated: self = .environmentCreated
    case .environmentGone: self = .environmentGone
    case .phaseBegan: self = .phaseBegan
    case .phaseEnded: self = .phaseEnded
    case .thawed: self = .thawed
    case .runtimeDone: self = .runtimeDone
    case .extensionState: self = .extensionState
    case .requestArrived: self = .requestArrived
    case .requestAssigned: self = .requestAssigned
    case .requestThrottled: self = .requestThrottled
    case .requestDropped: self = .requestDropped
    case .requestAnswered: self = .requestAnswered
    case .report: self = .report
    case .initReport: self = .initReport
    case .output: self = .output
    case .payload: self = .payload
    case .settingChanged: self = .settingChanged
    case .marker: self = .marker
    case .mark: self = .mark
    case .imported: self = .imported
    case .lineRan: self = .lineRan
    case .packageImported: self = .packageImported
    case .moduleImported: self = .moduleImported
    case .forked: self = .forked
    case .dropped: self = .dropped
    case .undecodable: self = .undecodable
    }
  }
}
