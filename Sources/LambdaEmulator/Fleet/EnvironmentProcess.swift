internal import LambdaLifecycle

/// One of an environment's processes. Its sandbox's key says the same.
enum EnvironmentProcess: Equatable {
  case runtime(Generation)
  /// An external one, by its index.
  case `extension`(UInt8, Generation)

  init(_ key: ProcessKey) {
    let generation = Generation(truncatingIfNeeded: key)
    let number = key >> 16
    self = number == 0 ? .runtime(generation) : .extension(UInt8(truncatingIfNeeded: number - 1), generation)
  }

  var key: ProcessKey {
    switch self {
    case .runtime(let generation): ProcessKey(generation)
    case .extension(let index, let generation): (ProcessKey(index) + 1) << 16 | ProcessKey(generation)
    }
  }
}
