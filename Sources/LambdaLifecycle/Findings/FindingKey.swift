/// The key that findings are gathered under.
struct FindingKey: Hashable {
  var rank: Int
  var name: UInt32
  var function: Name
  /// The extension that was the cause.
  var extensionName: Name

  init(_ kind: Finding.Kind, of function: Name = .none, by extensionName: Name = .none) {
    self.function = function
    self.extensionName = extensionName
    let (rank, name): (Int, Name) =
      switch kind {
      case .emulatorFailure(let message): (-1, message)
      case .timeout: (0, .none)
      case .timeoutInInit: (1, .none)
      case .outOfMemory: (2, .none)
      case .unregisteredExtension(let name): (3, name)
      case .unreadyExtension(let name): (4, name)
      case .hungExtension(let name): (5, name)
      case .failedExtension(let name, let state): (6 + Int(state.rawValue), name)
      case .error(let type): (20, type)
      case .failedInit(let type): (21, type)
      case .failedRestore(let type): (22, type)
      case .reset: (23, .none)
      case .throttle(let reason): (24, reason)
      case .droppedEvent(let reason): (25, reason)
      case .killedRuntime: (26, .none)
      case .killedExtension(let name): (27, name)
      case .busyExtension(let name): (28, name)
      case .coldStart: (29, .none)
      case .reinit: (30, .none)
      case .slowRequest: (31, .none)
      case .slowMark(let name): (32, name)
      case .undecodable: (33, .none)
      case .dropped: (34, .none)
      }
    self.rank = rank
    self.name = name.rawValue
  }
}
