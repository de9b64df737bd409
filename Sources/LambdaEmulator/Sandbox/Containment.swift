internal import CSupervisor

/// The way in which the processes of an environment are kept together.
enum Containment: Equatable, Sendable {
  /// In a namespace of their own, where their supervisor is pid 1: they end with it.
  case namespace
  /// The same, but users and groups have no names in it.
  case namespaceWithoutMap
  /// The same, but /proc shows the processes outside of it.
  case namespaceWithoutProc
  /// Orphans become their supervisor's children, which walks over the tree to find all.
  case subreaper

  /// - Returns: nil for a value that this version does not know.
  init?(_ value: Int32) {
    switch UInt32(bitPattern: value) {
    case LANES_NAMESPACE.rawValue: self = .namespace
    case LANES_NAMESPACE_WITHOUT_MAP.rawValue: self = .namespaceWithoutMap
    case LANES_NAMESPACE_WITHOUT_PROC.rawValue: self = .namespaceWithoutProc
    case LANES_SUBREAPER.rawValue: self = .subreaper
    default: return nil
    }
  }
}

/// The way in which processes are frozen.
enum Freezing: Equatable, Sendable {
  /// By cgroup v2: they do not notice.
  case controlGroup
  /// By SIGSTOP and SIGCONT, which parents and handlers notice.
  case signals
  case none

  /// The best there is.
  /// - Parameter groups: those that were found.
  init(best groups: ControlGroups?) { self = groups == nil ? .signals : .controlGroup }

  /// For a screen.
  var note: String {
    switch self {
    case .controlGroup: "freeze cgroup"
    case .signals: "freeze SIGSTOP"
    case .none: "no freeze"
    }
  }
}
