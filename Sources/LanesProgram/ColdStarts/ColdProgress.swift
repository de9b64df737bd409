internal import EventSources
internal import LambdaLifecycle
internal import SwimlaneUI

/// The progress of `lanes cold`: a line that is written again and again on a
/// terminal, else a line now and then.
struct ColdProgress {
  private static let pause = Nanoseconds.seconds(15)

  private let rounds: Int
  private let settings: Int
  private var line = ProgressLine()
  private let begin = monotonicTime()
  private var nextLine = monotonicTime() &+ pause
  private var done = 0

  init(rounds: Int, settings: Int) {
    self.rounds = rounds
    self.settings = settings
  }

  /// - Parameter medians: the median length of each setting's init so far.
  mutating func show(round: Int, medians: [(name: String, length: Nanoseconds)]) {
    let text = text(round, medians)
    line.show(text)
    guard !ProgressLine.isShown, monotonicTime() >= nextLine else { return }
    nextLine = monotonicTime() &+ Self.pause
    writeError("lanes cold: \(text)")
  }

  /// Another cold start is over.
  mutating func count() { done += 1 }

  /// Leaves nothing of the line.
  mutating func end() { line.clear() }

  private func text(_ round: Int, _ medians: [(name: String, length: Nanoseconds)]) -> String {
    var words = [round == 0 ? "a first round, thrown away" : "round \(round) of \(rounds)"]
    words += medians.map { median in
      let length = SwimlaneUI.text(ofLength: median.length)
      return median.name.isEmpty ? "init \(length) so far" : "\(median.name) \(length)"
    }
    let left = (rounds + 1) * settings - done
    if done > 0 {
      let seconds = (monotonicTime() &- begin) / Nanoseconds(done) * Nanoseconds(left) / .seconds(1)
      words.append(seconds < 60 ? "\(seconds) s left" : "\(seconds / 60) min left")
    }
    return words.joined(separator: " · ")
  }
}
