// The known settings of functions, at every moment.

/// All descriptions of functions, in the order of their coming.
struct FunctionDescriptions: TimedColumn, Sendable {
  struct Row: Sendable {
    var time: Timestamp
    var function: Name
    var description: FunctionDescription
  }

  private(set) var rows: [Row] = []
  /// The latest of each function.
  private(set) var latest: [Name: FunctionDescription] = [:]
  /// Some function has another price than the others.
  private(set) var hasArm = false

  mutating func add(_ description: FunctionDescription, of function: Name, at time: Timestamp) {
    // Some sources say it again with every init.
    if latest[function] == description { return }
    latest[function] = description
    rows.append(Row(time: time, function: function, description: description))
    if description.architecture == .arm64 { hasArm = true }
  }

  mutating func settle() {}

  mutating func removeAll(after time: Timestamp) {
    // A function is known from its first description on, whenever that came.
    var known: Set<Name> = []
    rows.removeAll { !known.insert($0.function).inserted && $0.time > time }
    latest = [:]
    for row in rows { latest[row.function] = row.description }
  }

  /// Settings hold until others are reported, however long ago that was.
  mutating func letGo(before horizon: Timestamp) {}

  /// A function as it was described at a moment; before the first description, as it was first described.
  func description(of function: Name, at time: Timestamp) -> FunctionDescription? {
    let known = rows.last { $0.function == function && $0.time <= time }
    return (known ?? rows.first { $0.function == function })?.description
  }
}

extension Timeline {
  /// The functions that were described, as they were at last.
  package var functions: [Name: FunctionDescription] {
    @inline(__always) _read { yield session.described.latest }
  }

  /// A function as it was described at a moment; before the first description, as it was first described.
  package func description(of function: Name, at time: Timestamp) -> FunctionDescription? {
    session.described.description(of: function, at: time)
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
    for entry in session.described.rows where entry.time < time {
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
