internal import LambdaEmulator
internal import LambdaLifecycle

/// The answers that callers have got, a line each. An answer is known before the events that led to it have been read:
/// it waits for them.
struct AnswerLines {
  /// The most answers that wait; the oldest beyond them are dropped.
  private static let most = 1_000

  private let answers: Answers
  private var waiting: [AnsweredCall] = []

  init(_ answers: Answers) { self.answers = answers }

  /// Returns the lines of answers whose events have been read since the last time, oldest first.
  mutating func take(_ timeline: borrowing Timeline) -> [AnswerText] {
    waiting += answers.take()
    if waiting.count > Self.most { waiting.removeFirst(waiting.count - Self.most) }
    var lines: [AnswerText] = []
    while let next = waiting.first, let text = AnswerText(next, timeline) {
      lines.append(text)
      waiting.removeFirst()
    }
    return lines
  }

  /// Nothing more is read: returns those that still wait, with the facts that are known of them.
  mutating func takeRest(_ timeline: borrowing Timeline) -> [AnswerText] {
    defer { waiting = [] }
    return take(timeline) + waiting.map { AnswerText(unread: $0) }
  }
}
