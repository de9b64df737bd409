internal import LambdaLifecycle

extension Notation where Value == FunctionDraft {
  /// A function of a scenario. Its name is the key above.
  static var function: Notation {
    section(
      [
        Key("runtime", \.function.runtime, .text(atMost: 64)),
        Key("architecture", \.function.architecture, .architecture),
        Key("memory", \.function.memoryMB, .memory(128...10_240)),
        Key(
          "timeout", \.function.timeout,
          .duration(
            .seconds(1) ... .seconds(900), "whole seconds from 1 s to 900 s", multipleOf: .seconds(1))),
        Key("initialization", optional: \.initialization, .initialization),
        Key("extensions", \.extensions, Notation<ExtensionDraft>.extensionDraft.list(0...10)),
        Key("reservedConcurrency", optional: \.function.reservedConcurrency, .count(0...1_000_000)),
        Key("provisionedConcurrency", optional: \.provisioned, .provisionedConcurrency),
        Key("managedInstances", \.function.managedInstances, .managedInstances),
        Key("idleChoice", \.function.idleChoice, .idleChoice),
        Key("idleTimeout", \.function.idleTimeout, .idleTimeout),
        Key(
          "maximumLifetime", optional: \.function.maximumLifetime,
          .distribution(typically: .seconds(1), "1 s")),
        Key("runtimeShutdownShare", \.function.runtimeShutdownShare, .runtimeShutdownShare),
        Key("create", \.function.create, .distribution),
        Key("code", \.function.code, .code),
        Key("runtimeInit", optional: \.runtimeInit, .distribution),
        Key("functionInit", \.function.functionInit, .distribution),
        Key("initBoost", \.function.hasInitBoost, .flag),
        Key("beforeCheckpoint", \.function.beforeCheckpoint, .distribution),
        Key("restore", \.function.restore, .distribution),
        Key("afterRestore", \.function.afterRestore, .distribution),
        Key("handler", optional: \.handler, .distribution),
        Key("background", optional: \.function.background, .distribution),
        Key("runtimeExit", \.function.runtimeExit, .distribution),
        Key("failures", \.function.failures, .failures),
        Key("cpu", \.cpu, .cpu),
        Key("source", \.function.source, Notation<SourceLine>.sourceLine.list(1...14)),
      ], from: FunctionDraft(),
      finish: { reader, node, draft in
        draft.applySource(&reader, node)
        draft.applyPreset(&reader, node)
        draft.checkInitialization(&reader, node)
        draft.applyExtensions(&reader, node)
      })
  }
}

/// A function whose keys have been read one by one, before they are checked together.
struct FunctionDraft: Sendable {
  var function = FunctionScenario()
  var initialization: InitializationType?
  var provisioned: ProvisionedConcurrency?
  var extensions: [ExtensionDraft] = []
  var runtimeInit: DurationModel?
  var handler: DurationModel?
  var cpu = CPUDraft()

  /// Lines that take time make up function init and the handler.
  mutating func applySource(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    let times = [
      ("functionInit", "init", function.source.compactMap(\.initTime)),
      ("handler", "handler", function.source.compactMap(\.handlerTime)),
    ]
    for (key, lineKey, lengths) in times where !lengths.isEmpty {
      if let place = node[key]?.place {
        reader.mistake(
          "found \(key) and lines of source with \(lineKey); expected one of them: the lines add up to it",
          at: place)
      }
      let sum = DurationModel.fixed(lengths.reduce(0) { min($0 &+ $1, .hundredYears) })
      if key == "handler" { handler = sum } else { function.functionInit = sum }
    }
  }

  /// Takes the times that are not given from the runtime's preset.
  mutating func applyPreset(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    function.cpu.measuredAtMB = cpu.measuredAtMB ?? 1_769
    function.cpu.computing = cpu.computing ?? 0
    if let preset = RuntimePreset.named(function.runtime) {
      runtimeInit = runtimeInit ?? preset.runtimeInit(atMB: function.memoryMB)
      if handler == nil { applyHandler(of: preset) }
    }
    guard let runtimeInit, let handler else {
      let near = NearestWord.question(function.runtime, among: RuntimePreset.all.lazy.map(\.name))
      let missing = [runtimeInit == nil ? "runtimeInit" : nil, handler == nil ? "handler" : nil].compactMap(
        \.self)
      reader.mistake(
        "found the runtime \(Printable.quoted(function.runtime))\(near)"
          + " expected \(missing.joined(separator: " and ")) with it, or a runtime that has a preset: "
          + RuntimePreset.all.map(\.name).joined(separator: ", "),
        at: node["runtime"]?.place ?? node.place)
      return
    }
    function.runtimeInit = runtimeInit
    function.handler = handler
  }

  private mutating func applyHandler(of preset: RuntimePreset) {
    let measuredAt = function.cpu.measuredAtMB
    guard cpu.computing == nil else {
      handler = preset.handler(atMB: measuredAt)
      return
    }
    // The simulator multiplies by the factor: the result is the preset's length at the function's memory.
    function.cpu.computing = preset.computingShare(atMB: measuredAt)
    handler = preset.handler(atMB: function.memoryMB, times: 1 / function.cpu.factor(atMB: function.memoryMB))
  }

  /// Checks that the initialization type and the other settings go together.
  mutating func checkInitialization(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    // 0 environments are none, so that a sweep can begin there.
    if let provisioned, provisioned.environments > 0 { function.provisioned = provisioned }
    let isProvisioned = function.provisioned != nil
    let type = initialization ?? (isProvisioned ? .provisionedConcurrency : .onDemand)
    function.initializationType = type
    let place = node["initialization"]?.place ?? node.place
    if type == .provisionedConcurrency, !isProvisioned {
      reader.mistake(
        "found initialization provisioned-concurrency; expected provisionedConcurrency: a number of environments",
        at: place)
    }
    if isProvisioned, type != .provisionedConcurrency {
      reader.mistake(
        "found initialization \(type.wireName) and provisionedConcurrency; expected one of them: a function with"
          + " provisioned concurrency has no other initialization type (0 is none)", at: place)
    }
    if let reserved = function.reservedConcurrency, let provisioned = function.provisioned,
      provisioned.environments > reserved
    {
      reader.mistake(
        "found provisionedConcurrency \(Digits.grouped(Int64(provisioned.environments))); expected at most"
          + " reservedConcurrency, \(Digits.grouped(Int64(reserved)))",
        at: node["provisionedConcurrency"]?.place ?? node.place)
    }
    if type == .snapStart, !SnapStart.supports(function.runtime) {
      reader.mistake(
        "found initialization snap-start with \(Printable.quoted(function.runtime)); expected a runtime that has"
          + " SnapStart: java11, python3.12, dotnet8 or newer", at: place)
    }
    if type == .managedInstances { checkManagedInstances(&reader, node) }
  }

  private func checkManagedInstances(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    if function.memoryMB < 2_048 {
      reader.mistake(
        "found memory \(Digits.grouped(Int64(function.memoryMB))) MB with lambda-managed-instances; expected"
          + " 2,048 MB to 10,240 MB", at: node["memory"]?.place ?? node.place)
    }
    let most = 64 * Int(function.memoryMB) / 2_048
    let found = function.managedInstances.concurrencyPerEnvironment
    if found > most, function.memoryMB >= 2_048 {
      reader.mistake(
        "found concurrencyPerEnvironment \(found); expected at most \(most): 64 per vCPU, one for each 2,048 MB",
        at: node["managedInstances"]?.place ?? node.place)
    }
  }

  /// Applies the extensions last: the initialization type decides the events that they may register for.
  mutating func applyExtensions(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    guard case .list(let nodes)? = node["extensions"]?.content else { return }
    var names: Set<String> = []
    reader.descend("extensions") { reader in
      for (index, draft) in extensions.enumerated() where nodes.indices.contains(index) {
        reader.descend("[\(index)]") { reader in
          if !names.insert(draft.item.name).inserted {
            reader.mistake(
              "found the name \(Printable.quoted(draft.item.name)) for the second time; expected another",
              at: nodes[index].place)
          }
          function.extensions.append(
            draft.registered(
              &reader, nodes[index], isManaged: function.initializationType == .managedInstances))
        }
      }
    }
  }
}

/// The runtimes with SnapStart: Java 11, Python 3.12, .NET 8 and newer (SnapStart page).
enum SnapStart {
  static func supports(_ runtime: String) -> Bool {
    for (prefix, oldest) in [("java", 11), ("python3.", 12), ("dotnet", 8)] where runtime.hasPrefix(prefix) {
      // Nothing but the number: java8.al2 and dotnet8-aot have none.
      if let version = Int(runtime.dropFirst(prefix.count)) { return version >= oldest }
    }
    return false
  }
}
