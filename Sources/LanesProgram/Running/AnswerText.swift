internal import LambdaEmulator
internal import LambdaEventFormats
internal import LambdaLifecycle
internal import SwimlaneUI
internal import TimelineExport

/// The answer that a caller has got, on one line:
/// `200 · 343 ms cold here (start 4, runtime 78, function 261) · {"ok":true}`.
struct AnswerText {
  /// A line has room for an answer's beginning.
  private static let mostCharacters = 80
  /// The most bytes that are looked at of an answer.
  private static let mostBytes = 4 * mostCharacters
  /// The most requests that may have come since.
  private static let mostRequests = 10_000

  let text: String
  /// Its place in the timeline; nil where its events have not been read.
  let place: Int?

  /// Nil as long as the timeline does not know that it has been answered.
  init?(_ answer: AnsweredCall, _ timeline: borrowing Timeline) {
    let recent = timeline.requests.suffix(Self.mostRequests)
    guard let place = recent.lastIndex(where: { $0.id == answer.id }), recent[place].answered != .never
    else { return nil }
    self.place = place
    text = Self.line(answer, Self.wait(place, timeline))
  }

  /// An answer whose events nobody reads.
  init(unread answer: AnsweredCall) {
    place = nil
    text = Self.line(answer, nil)
  }

  private static func line(_ answer: AnsweredCall, _ wait: String?) -> String {
    // Lambda answers 200 to a failure of the function, and reports it in another header.
    let status =
      answer.isEvent
      ? answer.hasFailed ? "event failed" : "event done"
      : answer.status == 200 && answer.hasFailed ? "200 Unhandled" : "\(answer.status)"
    // The reason of a failure is looked for first: it comes before the part that a narrow screen cuts off.
    let parts = answer.hasFailed ? [status, failure(answer), wait] : [status, wait, beginning(answer)]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  private static func beginning(_ answer: AnsweredCall) -> String {
    shortened(String(decoding: answer.answer.prefix(mostBytes), as: UTF8.self))
  }

  private static func shortened(_ text: String) -> String {
    let text = text.printable
    return text.count > mostCharacters ? text.prefix(mostCharacters) + "…" : text
  }

  /// The failure, in the words of an error's body: `Runtime.ExitError: Runtime exited with error: exit status 1`.
  static func failure(_ answer: AnsweredCall) -> String {
    let members = answer.answer.withUnsafeBytes {
      JSONText($0, keys: ["errorType", "errorMessage", "message", "Message"]).members
    }
    let message = members["errorMessage"] ?? members["message"] ?? members["Message"] ?? ""
    // The id stands in other places.
    let words =
      message.hasPrefix("RequestId: ")
      ? message.split(separator: " ").dropFirst(3).joined(separator: " ") : message
    let text = [members["errorType"] ?? "", words].filter { !$0.isEmpty }.joined(separator: ": ")
    return text.isEmpty ? beginning(answer) : shortened(text)
  }

  /// The time that its caller has waited, and the parts of it.
  private static func wait(_ place: Int, _ timeline: borrowing Timeline) -> String? {
    let request = timeline.requests[place]
    guard let wait = request.wait else { return nil }
    let length = SwimlaneUI.text(ofLength: wait)
    guard request.start.isForInit else { return "\(length) warm here" }
    // The unit of the whole holds for all parts where it is theirs.
    let isInMilliseconds = length.hasSuffix(" ms")
    func text(_ length: Nanoseconds) -> String {
      let text = SwimlaneUI.text(ofLength: length)
      return isInMilliseconds ? text.replacing(" ms", with: "") : text
    }
    let now = PhaseLengths(parts(place, timeline))
    let words: [String]
    if let before = before(place, timeline).map({ PhaseLengths(parts($0, timeline)) }) {
      // The largest change first; the handler is left out, as its time depends on its event.
      words = now.byChange(since: before).filter { $0 != .invoke }.map { phase in
        "\(word(of: phase)) \(text(before.total(of: phase))) → \(text(now.total(of: phase)))"
      }
    } else {
      words = now.phases.map { phase in
        let mark = now.isInferred(phase) ? "~" : ""
        let lengths = now.lengths(of: phase).map { mark + text($0) }
        return "\(word(of: phase)) \(lengths.joined(separator: " + "))"
      }
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
    case .restore, .frozen, .runtimeShutdown, .extensionShutdown, .shutdown: phase.title
    }
  }
}

extension PlainText {
  /// The answer that a caller got, as a line among those of events.
  func line(_ answer: AnswerText, _ timeline: borrowing Timeline, _ catalog: Catalog) -> String {
    guard let place = answer.place else { return answer.text }
    let request = timeline.requests[place]
    let environment = catalog.text(request.environment)
    return line(
      request.answered, who: environment.isEmpty ? catalog.text(request.function) : environment,
      answer.text, catalog.text(request.id))
  }
}
