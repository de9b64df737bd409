// What is known of the functions' settings, at every moment.

extension Timeline {
  /// A function as it was described at a moment; before the first description, as it was first described.
  package func description(of function: Name, at time: Timestamp) -> FunctionDescription? {
    let known = descriptions.last { $0.function == function && $0.time <= time }
    return (known ?? descriptions.first { $0.function == function })?.description
  }

  mutating func describe(_ function: Name, _ description: FunctionDescription, _ time: Timestamp) {
    // Some sources say it again with every init.
    if functions[function] == description { return }
    functions[function] = description
    descriptions.append((time, function, description))
    if description.architecture == .arm64 { hasArm = true }
  }

  mutating func voidDescriptions(after time: Timestamp) {
    // A function is known from its first description on, whenever that came.
    var known: Set<Name> = []
    descriptions.removeAll { !known.insert($0.function).inserted && $0.time > time }
    functions = [:]
    for entry in descriptions { functions[entry.function] = entry.description }
  }

  /// A stretch of time in which a function held provisioned concurrency.
  struct HeldConcurrency {
    var function: Name
    var begin: Timestamp
    var end: Timestamp
    var description: FunctionDescription
  }

  /// All stretches up to `time`; changes of other settings do not divide them.
  func heldConcurrency(until time: Timestamp) -> [HeldConcurrency] {
    var open: [Name: HeldConcurrency] = [:]
    var held: [HeldConcurrency] = []
    for entry in descriptions where entry.time < time {
      if let before = open[entry.function] {
        let (old, new) = (before.description, entry.description)
        if old.provisionedConcurrency == new.provisionedConcurrency, old.memoryMB == new.memoryMB { continue }
        held.append(
          HeldConcurrency(function: entry.function, begin: before.begin, end: entry.time, description: old))
        open[entry.function] = nil
      }
      if entry.description.provisionedConcurrency > 0 {
        open[entry.function] = HeldConcurrency(
          function: entry.function, begin: entry.time, end: time, description: entry.description)
      }
    }
    return held + open.values
  }
}
