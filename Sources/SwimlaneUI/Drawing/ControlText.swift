package import LambdaLifecycle

extension Control {
  /// The words for people.
  package var title: String {
    switch self {
    case .requestKind: "next requests"
    case .burstSize: "a burst is"
    case .target: "function"
    default: setting?.title ?? ""
    }
  }
}

extension RequestKind {
  /// The name of the kind: what such a request does, in a word or two.
  package var title: String {
    switch self {
    case .normal: "normal"
    case .slow: "slow"
    case .handlerError: "handler error"
    case .crash: "crash"
    case .outOfMemory: "out of memory"
    case .hang: "timeout"
    case .initCrash: "crash in init"
    case .extensionCrash: "extension crash"
    case .slowExtension: "slow extension"
    }
  }

  /// The same in a sentence that explains it.
  package var explanation: String {
    switch self {
    case .normal: "the handler answers"
    case .slow: "the handler takes five times as long"
    case .handlerError: "the handler throws; the environment stays warm"
    case .crash: "the runtime's process ends; the environment is reset"
    case .outOfMemory: "the runtime is killed; the environment is reset"
    case .hang: "the handler does not come back; at the timeout the environment is reset"
    case .initCrash: "the runtime ends in function init, if the request needs one"
    case .extensionCrash: "an extension ends; the environment is reset"
    case .slowExtension: "an extension takes long after the answer"
    }
  }
}

/// A control as the options pane shows it.
package struct OptionLine: Equatable, Sendable {
  package var control: Control
  package var value: String
}

/// Something that is turned on.
package struct Reminder: Equatable, Sendable {
  package var name: String
  package var value: String
}

extension Session {
  /// The controls with their values at the moment looked at; none where nothing can be driven.
  package var options: [OptionLine] {
    mutating get {
      guard let settings = settingsInSight else { return [] }
      return controls.available(settings).map {
        OptionLine(control: $0, value: controls.text(of: $0, settings))
      }
    }
  }

  /// Settings that somebody has turned on and is not to forget: a kind of request that is not normal, and
  /// steady traffic.
  package var reminders: [Reminder] {
    guard let settings = simulation?.simulator.settings ?? lead.drivenFleet else { return [] }
    var reminders: [Reminder] = []
    if controls.kind != .normal {
      reminders.append(Reminder(name: "next", value: controls.kind.title))
    }
    let rate =
      playhead.time < newest ? timeline.requestRate(at: playhead.time) : settings.requestRates.reduce(0, +)
    if rate > 0 {
      reminders.append(
        Reminder(name: "traffic", value: "\(decimal(rate, unit: 1_000, places: rate % 1_000 == 0 ? 0 : 1))/s")
      )
    }
    return reminders + allocations.map(\.reminder)
  }
}

extension Controls {
  /// The value of a control in words.
  package func text(of control: Control, _ settings: FleetSettings) -> String {
    switch control {
    case .requestKind: return kind.title
    case .burstSize: return "\(burst) requests"
    case .target: return target.map { settings.functions[$0].name } ?? "all"
    default:
      guard let setting = control.setting else { return "" }
      return value(of: setting, settings).map(setting.text) ?? "differs"
    }
  }
}
