internal import LambdaLifecycle

extension Notation where Value == InitializationType {
  static var initialization: Notation {
    word(
      [.onDemand, .provisionedConcurrency, .snapStart, .managedInstances].map { ($0.wireName, $0) })
  }
}

extension Notation where Value == Architecture {
  static var architecture: Notation {
    word(Architecture.allCases.map { ($0.rawValue, $0) })
  }
}

extension Notation where Value == IdleChoice {
  static var idleChoice: Notation {
    word([
      ("newest", .newest), ("mostRecentlyUsed", .mostRecentlyUsed), ("oldest", .oldest),
    ])
  }
}

extension Notation where Value == ProvisionedConcurrency {
  /// A number of environments, or a mapping with more.
  static var provisionedConcurrency: Notation {
    let environments = Notation<Int>.count(0...1_000_000)
    return either(
      environments.map { ProvisionedConcurrency(environments: $0) },
      mapping: section(
        [
          Key("environments", \.environments, environments),
          Key("delay", \.delay, .duration),
          Key("perMinute", \.perMinute, .count(1...6_000)),
        ], from: ProvisionedConcurrency(environments: 0), required: ["environments"]))
  }
}

extension Notation where Value == ManagedInstances {
  static var managedInstances: Notation {
    section(
      [
        Key("minimum", \.minimum, .count(1...100_000)),
        Key("maximum", \.maximum, .count(1...100_000)),
        Key("concurrencyPerEnvironment", \.concurrencyPerEnvironment, .count(1...320)),
        Key("targetUtilization", \.targetUtilization, .share),
      ], from: ManagedInstances()
    ) { reader, node, value in
      guard value.minimum > value.maximum else { return }
      reader.mistake(
        "found minimum \(value.minimum) and maximum \(value.maximum); expected minimum not to be greater",
        at: node.place)
    }
  }
}

extension Notation where Value == Nanoseconds {
  /// The runtime's part of the 2,000 ms at shutdown.
  static var runtimeShutdownShare: Notation {
    Notation("0 ms to 2,000 ms, or a share of 2,000 ms such as 30 %", unit: true) { text in
      guard let quantity = Quantity(text) else { return nil }
      let unit = quantity.unit == "%" ? 20_000_000 : TimeUnit.nanoseconds(quantity.unit)
      guard let length = unit.flatMap(quantity.number.times), length <= .milliseconds(2_000) else {
        return nil
      }
      return length
    }
  }
}

extension Notation where Value == CodePackage {
  static var code: Notation {
    section(
      [
        Key("package", \.packageMB, .megabytes),
        Key("layers", \.layersMB, Notation<Double>.megabytes.list(0...5)),
        Key("bandwidth", \.megabytesPerSecond, .bandwidth),
      ], from: CodePackage()
    ) { reader, node, code in
      guard code.layersMB.reduce(code.packageMB, +) > 250 else { return }
      reader.mistake(
        "found more than 250 MB of package and layers; expected at most 250 MB in all", at: node.place)
    }
  }
}

extension Notation where Value == FailureRates {
  static var failures: Notation {
    section(
      [
        Key("handlerError", \.handlerError, .share),
        Key("crash", \.crash, .share),
        Key("outOfMemory", \.outOfMemory, .share),
        Key("timeout", \.timeout, .share),
        Key("extensionCrash", \.extensionCrash, .share),
        Key("slowExtension", \.slowExtension, .share),
        Key("slowExtensionDelay", \.slowExtensionDelay, .distribution),
        Key("initError", \.initError, .share),
        Key("extensionInitError", \.extensionInitError, .share),
        Key("restoreError", \.restoreError, .share),
      ], from: FailureRates()
    ) { reader, node, rates in
      let exclusive = [
        rates.handlerError, rates.crash, rates.outOfMemory, rates.timeout, rates.extensionCrash,
        rates.slowExtension,
      ]
      // Ten times 10 % is not quite 1 in binary.
      guard exclusive.reduce(0, +) > 1 + 1e-9 else { return }
      reader.mistake(
        "found more than 100 % in all of handlerError, crash, outOfMemory, timeout, extensionCrash and slowExtension;"
          + " expected at most 100 %: a request has one of them", at: node.place)
    }
  }
}

extension Notation where Value == CPUDraft {
  static var cpu: Notation {
    section(
      [
        Key("computing", optional: \.computing, .share),
        Key("measuredAt", optional: \.measuredAtMB, .memory(128...10_240)),
      ], from: CPUDraft())
  }
}

/// A value that is not given may come from the runtime's preset.
struct CPUDraft: Sendable {
  var computing: Double?
  var measuredAtMB: Int32?
}
