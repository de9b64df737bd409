/// The progress of a long simulation, of one run or several.
package final class Progress {
  private let runs: Int
  private var line = ProgressLine()
  private var ended = 0
  private var requestsBefore = 0

  /// - Parameter runs: the number of runs.
  package init(runs: Int) { self.runs = runs }

  /// - Parameter share: the part done of the run under way, 0 to 1; nil where nobody knows.
  func show(requests: Int, share: Double?) {
    line.show(text(requests: requests, share: share))
  }

  private func text(requests: Int, share: Double?) -> String {
    var text = share.map { ProgressLine.bar((Double(ended) + $0) / Double(runs)) + "  " } ?? ""
    if runs > 1 { text += "run \(ended + 1) of \(runs)  " }
    return text + "\(requestsBefore + requests) requests"
  }

  /// Counts a run, and its requests.
  func runHasEnded(requests: Int) {
    ended += 1
    requestsBefore += requests
  }

  /// Leaves nothing of the line.
  func clear() { line.clear() }
}
