internal import LambdaEmulator
internal import LambdaLifecycle
internal import SwimlaneUI
internal import TimelineExport

/// What a caller has got, on one line: `200 · 343 ms cold here (start 4 ms, runtime 78 ms, function 261 ms) · {"ok":true}`.
struct AnswerText {
  /// The whole answer is in the recording's place; a line has room for its beginning.
  private static let mostCharacters = 80

  let text: String

  init(_ answer: AnsweredCall, _ timeline: borrowing Timeline) {
    var parts = ["\(answer.status)"]
    if let place = timeline.requests.lastIndex(where: { $0.id == answer.id }) {
      let request = timeline.requests[place]
      if let wait = request.wait {
        let spent = RequestParts(place, timeline, at: .never).parts.filter {
          !$0.isAfterAnswer && $0.end > $0.begin
        }
        let isCold = request.start.isForInit
        let words = spent.map {
          "\(Self.word(of: $0.phase)) \(SwimlaneUI.text(ofLength: $0.end &- $0.begin))"
        }
        parts.append(
          "\(SwimlaneUI.text(ofLength: wait)) \(isCold ? "cold" : "warm") here"
            + (isCold ? " (\(words.joined(separator: ", ")))" : ""))
      }
    }
    let body = String(decoding: answer.answer, as: UTF8.self).printable
    parts.append(body.count > Self.mostCharacters ? body.prefix(Self.mostCharacters) + "…" : body)
    text = parts.joined(separator: " · ")
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
