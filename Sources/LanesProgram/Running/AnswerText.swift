internal import LambdaEmulator
internal import LambdaLifecycle
internal import SwimlaneUI
internal import TimelineExport

/// What a caller has got, on one line: `200 · 343 ms cold here (start 4, runtime 78, function 261) · {"ok":true}`.
struct AnswerText {
  /// A line has room for an answer's beginning.
  private static let mostCharacters = 80
  /// What is looked at of an answer.
  private static let mostBytes = 4 * mostCharacters
  /// Requests that may have come since.
  private static let mostRequests = 10_000

  let text: String
  /// Its place in the timeline; nil where nobody has read of it.
  let place: Int?

  /// Nil as long as the timeline does not know that it has been answered.
  init?(_ answer: AnsweredCall, _ timeline: borrowing Timeline) {
    let recent = timeline.requests.suffix(Self.mostRequests)
    guard let place = recent.lastIndex(where: { $0.id == answer.id }), recent[place].answered != .never
    else { return nil }
    self.place = place
    text = Self.line(answer, Self.wait(place, timeline))
  }

  /// Of one whose events nobody reads.
  init(unread answer: AnsweredCall) {
    place = nil
    text = Self.line(answer, nil)
  }

  private static func line(_ answer: AnsweredCall, _ wait: String?) -> String {
    let body = String(decoding: answer.answer.prefix(mostBytes), as: UTF8.self).printable
    let shown = body.count > mostCharacters ? body.prefix(mostCharacters) + "…" : body[...]
    // Lambda answers 200 and says beside it that the function has failed.
    let status =
      answer.isEvent
      ? answer.hasFailed ? "event failed" : "event done"
      : answer.status == 200 && answer.hasFailed ? "200 Unhandled" : "\(answer.status)"
    return ([status] + [wait].compactMap(\.self) + [String(shown)]).joined(separator: " · ")
  }

  /// How long its caller has waited, and for what.
  private static func wait(_ place: Int, _ timeline: borrowing Timeline) -> String? {
    let request = timeline.requests[place]
    guard let wait = request.wait else { return nil }
    let length = SwimlaneUI.text(ofLength: wait)
    guard request.start.isForInit else { return "\(length) warm here" }
    // The whole says the unit where it is that of all parts.
    let isInMilliseconds = length.hasSuffix(" ms")
    func text(_ length: Nanoseconds) -> String {
      let text = SwimlaneUI.text(ofLength: length)
      return isInMilliseconds ? text.replacing(" ms", with: "") : text
    }
    let before = before(place, timeline).map { parts($0, timeline) } ?? []
    let words = parts(place, timeline).map { part in
      let former = before.first { $0.phase == part.phase }.map { "\(text($0.length)) → " } ?? ""
      return "\(word(of: part.phase)) \(former)\(text(part.length))"
    }
    let start = request.start == .reinit ? "re-init" : "cold"
    return "\(length) \(start) here (\(words.joined(separator: ", ")))"
  }

  private static func parts(_ place: Int, _ timeline: borrowing Timeline) -> [RequestParts.Part] {
    RequestParts(place, timeline, at: .never).parts.filter { !$0.isAfterAnswer && $0.end > $0.begin }
  }

  /// The cold start before, where its environment is one that this request's takes the place of: it was ending when the
  /// request came, as after a change of the code. Those that live on are its neighbours, not its forerunners.
  private static func before(_ place: Int, _ timeline: borrowing Timeline) -> Int? {
    let request = timeline.requests[place]
    guard request.start == .cold else { return nil }
    let recent = timeline.requests.prefix(place).suffix(mostRequests)
    guard let former = recent.lastIndex(where: { $0.start == .cold && !$0.isThrottled }),
      !timeline.requests[former].outcome.isBad,
      let track = timeline.track(timeline.requests[former].environment)
    else { return nil }
    let ends = track.rows.contains { $0.phase == .runtimeShutdown && $0.start <= request.arrival }
    return track.gone <= request.arrival || ends ? former : nil
  }

  private static func word(of phase: Phase) -> String {
    switch phase {
    case .create: "start"
    case .extensionInit: "extensions"
    case .runtimeInit: "runtime"
    case .functionInit: "function"
    case .initialization: "init"
    case .invoke: "handler"
    default: phase.title
    }
  }
}

extension PlainText {
  /// What a caller got, as a line among those of events.
  func line(_ answer: AnswerText, _ timeline: borrowing Timeline, _ catalog: Catalog) -> String {
    guard let place = answer.place else { return answer.text }
    let request = timeline.requests[place]
    let environment = catalog.text(request.environment)
    return line(
      request.answered, who: environment.isEmpty ? catalog.text(request.function) : environment,
      answer.text, catalog.text(request.id))
  }
}
