internal import LambdaLifecycle

extension Notation where Value == ExtensionDraft {
  static var extensionDraft: Notation {
    section(
      [
        Key("name", \.item.name, .text(atMost: 128)),
        Key("register", \.item.register, .distribution),
        Key("ready", \.item.ready, .distribution),
        Key("work", \.item.work, .distribution),
        Key("exit", \.item.exit, .distribution),
        Key("internal", \.item.isInternal, .flag),
        Key("events", optional: \.events, Notation<ExtensionEvent>.event.list(0...2)),
      ], from: ExtensionDraft(), required: ["name"])
  }
}

extension Notation where Value == ExtensionEvent {
  fileprivate static var event: Notation {
    word(ExtensionEvent.allCases.map { ($0.rawValue, $0) })
  }
}

/// An event that an extension can register for.
enum ExtensionEvent: String, CaseIterable, Sendable {
  case invoke = "INVOKE"
  case shutdown = "SHUTDOWN"
}

/// An extension before the initialization type, which decides the events that it may register for.
struct ExtensionDraft: Sendable {
  var item = ExtensionScenario(
    name: "", register: .fixed(0), ready: .fixed(0), work: .fixed(0), exit: .fixed(0))
  /// nil for all that it may register for.
  var events: [ExtensionEvent]?

  /// Checks the events that it registers for: an internal extension cannot register for SHUTDOWN, one of Managed
  /// Instances not for INVOKE (Extensions API page).
  func registered(_ reader: inout ScenarioReader, _ node: YAMLNode, isManaged: Bool) -> ExtensionScenario {
    var item = item
    item.wantsInvoke = !isManaged && events?.contains(.invoke) ?? true
    item.wantsShutdown = !item.isInternal && events?.contains(.shutdown) ?? true
    let place = node["events"]?.place ?? node.place
    if item.isInternal, events?.contains(.shutdown) == true {
      reader.mistake(
        "found the event SHUTDOWN; expected none: an internal extension cannot register for it", at: place)
    }
    if isManaged, events?.contains(.invoke) == true {
      reader.mistake(
        "found the event INVOKE; expected none: with lambda-managed-instances extensions register for SHUTDOWN only",
        at: place)
    }
    return item
  }
}
