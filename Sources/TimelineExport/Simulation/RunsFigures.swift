/// The same figures of several runs: mean and 95 % interval of each.
package struct RunsFigures: Equatable, Sendable {
  package struct Estimate: Equatable, Sendable {
    package var mean: Double
    /// Half the width of the interval that holds the true mean in 95 of 100 cases (Student's t); nil for one run.
    package var margin: Double?
  }

  package let figures: [SimulationFigures.Figure]
  /// In the order of `figures`; nil where no run had a value.
  package let estimates: [Estimate?]
  package let count: Int
  /// Of each function, where there are several: means without intervals.
  package let functions: FunctionFigures

  /// - Parameters:
  ///   - runs: at least one.
  ///   - functions: of the same runs.
  package init(_ runs: [SimulationFigures], functions: [FunctionFigures] = []) {
    self.functions = FunctionFigures(meanOf: functions)
    count = runs.count
    figures = runs.first?.figures ?? []
    estimates = figures.indices.map { place in
      Self.estimate(runs.compactMap { $0.figures[place].value })
    }
  }

  private static func estimate(_ values: [Double]) -> Estimate? {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    guard values.count > 1 else { return Estimate(mean: mean, margin: nil) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    return Estimate(mean: mean, margin: studentT(values.count - 1) * deviation / count.squareRoot())
  }

  /// The 97.5 % quantile of Student's distribution.
  private static func studentT(_ degrees: Int) -> Double {
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
      2.131,
      2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ]
    // Beyond the table it falls to the normal distribution's quantile like 1/n, to three decimals.
    return degrees <= table.count ? table[degrees - 1] : 1.960 + 2.4 / Double(degrees)
  }
}
