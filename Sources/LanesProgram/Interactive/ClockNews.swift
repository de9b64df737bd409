internal import EventSources
internal import LambdaLifecycle

/// News of clocks that went back, each step once.
struct ClockNews {
  private var told: [Int: Int] = [:]

  /// Returns the news since the last time.
  mutating func take(from inputs: Inputs) -> [String] {
    var lines: [String] = []
    for (place, input) in inputs.inputs.enumerated() where input.status.clockSteps > told[place, default: 0] {
      told[place] = input.status.clockSteps
      lines.append("\(input.status.name): \(input.status.lastClockStep)")
    }
    return lines
  }
}
