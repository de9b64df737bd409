internal import LambdaLifecycle
internal import SwimlaneUI

/// The lanes of an environment in a picture, in their order there; the raw value is its class in the style sheet. The three
/// phases of a shutdown look alike and share one.
enum PictureLane: String, CaseIterable {
  case create, restore
  case extensionInit = "extension-init"
  case initialization
  case runtimeInit = "runtime-init"
  case functionInit = "function-init"
  case invoke, frozen, shutdown

  /// The lane in which a phase stands.
  init(_ phase: Phase) {
    switch phase {
    case .create: self = .create
    case .restore: self = .restore
    case .extensionInit: self = .extensionInit
    case .initialization: self = .initialization
    case .runtimeInit: self = .runtimeInit
    case .functionInit: self = .functionInit
    case .invoke: self = .invoke
    case .frozen: self = .frozen
    case .shutdown, .runtimeShutdown, .extensionShutdown: self = .shutdown
    }
  }

  /// The phase that gives it its name and its colour.
  private var phase: Phase {
    switch self {
    case .create: .create
    case .restore: .restore
    case .extensionInit: .extensionInit
    case .initialization: .initialization
    case .runtimeInit: .runtimeInit
    case .functionInit: .functionInit
    case .invoke: .invoke
    case .frozen: .frozen
    case .shutdown: .shutdown
    }
  }

  var title: String { self == .initialization ? "init, not divided" : phase.title }

  var role: Role { phase.look.role }
}
