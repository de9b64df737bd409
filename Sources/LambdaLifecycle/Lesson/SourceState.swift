/// Where a function's code is at a moment in one environment, and what it has in memory: a function of the timeline,
/// so that it is right for every moment looked at.
package struct SourceState: Equatable, Sendable {
  /// The line that runs, and in which phase; nil while none does.
  package var running: Int?
  package var phase: Phase?
  /// The variables that the lines that have run have left in memory, in the order in which they came.
  package var memory: [SourceLine.Variable] = []

  /// - Parameters:
  ///   - memoryMB: the memory size in force: what computes takes longer with less.
  ///   - track: nil where there is no environment yet.
  ///   - environment: its running number.
  package init(
    _ function: FunctionScenario, memoryMB: Int32, in track: EnvironmentTrack?, environment: Int,
    at time: Timestamp
  ) {
    guard let track, time < track.gone else { return }
    let slowdown = function.cpu.factor(atMB: memoryMB)
    let inits = track[.functionInit]
    let initCount = inits.starts.count(upTo: time)
    let restores = track[.restore].ends.count(upTo: time)
    guard initCount > 0 || restores > 0 else { return }
    let began = initCount > 0 ? inits.starts.times[initCount - 1] : track[.restore].ends.times[restores - 1]
    // A reset ends the processes, and with them what they had in memory.
    let isReset = Phase.shutdowns.contains { phase in
      track[phase].starts.count(upTo: time) > track[phase].starts.count(upTo: began)
    }
    if isReset { return }
    let isInitializing = initCount > 0 && inits.open(at: time) > 0
    let type = track.initializationType
    let isBoosted = function.hasInitBoost && type != .provisionedConcurrency
    let words = Words(init: max(initCount, 1), environment: environment)
    run(
      function.source, \.initTime, isInitializing ? time &- began : .never, isBoosted ? 1 : slowdown,
      isInitializing ? .functionInit : nil, words)
    guard !isInitializing else { return }
    let before = track[.invoke].starts.count(upTo: began &- 1)
    let invocations = track[.invoke].starts.count(upTo: time) - before
    guard invocations > 0 else { return }
    // An invocation finds what the one before it has left in memory.
    for number in max(1, invocations - 1)...invocations {
      let isLast = number == invocations
      let isOpen = isLast && track[.invoke].open(at: time) > 0 && track[.extensionWork].open(at: time) == 0
      let elapsed = isOpen ? time &- track[.invoke].starts.times[before + number - 1] : .never
      run(function.source, \.handlerTime, elapsed, slowdown, isOpen ? .invoke : nil, words.counting(number))
    }
  }

  /// The lines that take time run one after the other.
  private mutating func run(
    _ source: [SourceLine], _ time: KeyPath<SourceLine, Nanoseconds?>, _ elapsed: Nanoseconds,
    _ slowdown: Double, _ phase: Phase?, _ words: Words
  ) {
    var end = 0.0
    for (place, line) in source.enumerated() {
      guard let length = line[keyPath: time] else { continue }
      end += Double(length) * slowdown
      // A phase that takes longer than it should is at its last line.
      if phase != nil { (running, self.phase) = (place, phase) }
      if Double(elapsed) < end { return }
      for variable in line.sets { set(variable.name, words.filled(into: variable.value)) }
    }
  }

  private mutating func set(_ name: String, _ value: String) {
    if let place = memory.firstIndex(where: { $0.name == name }) {
      memory[place].value = value
    } else {
      memory.append(SourceLine.Variable(name: name, value: value))
    }
  }
}

/// The values for the placeholders in a value.
private struct Words {
  var `init`: Int
  var environment: Int
  var invocation = 0

  init(`init`: Int, environment: Int) {
    self.`init` = `init`
    self.environment = environment
  }

  func counting(_ invocation: Int) -> Words {
    var words = self
    words.invocation = invocation
    return words
  }

  func filled(into text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      switch rest[open...close] {
      case "{init}": result += "\(`init`)"
      case "{environment}": result += "\(environment)"
      case "{invocation}": result += "\(invocation)"
      default: result += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
