internal import LambdaLifecycle

/// The fate of the latest request, where that is no matter of an environment: throttled, tried again, given
/// up.
struct RequestNote: Equatable {
  var time: Timestamp
  var text: String

  /// Nil where the latest request went its normal way.
  init?(_ timeline: borrowing Timeline, _ catalog: Catalog, at time: Timestamp) {
    guard let place = timeline.lastRequest(upTo: time) else { return nil }
    let request = timeline.requests[place]
    if let drop = timeline.lastDrop(upTo: time), drop.time >= request.arrival {
      self.time = drop.time
      text =
        "Lambda's queue has given an event up\(Self.reason(drop.reason, catalog)): it is not tried again."
      return
    }
    let number = timeline.attemptNumber(of: place)
    guard request.isThrottled && request.answered <= time || number > 1 else { return nil }
    self.time = request.arrival
    var parts: [String] = []
    if number > 1 {
      let before = timeline.requests[Int(request.previousAttempt)]
      parts.append(
        before.isThrottled
          ? "The latest request is attempt \(number) at an event: the one before was throttled. "
            + "Lambda repeats an asynchronous event for up to 6 hours then."
          : "The latest request is attempt \(number) at an event: the one before failed. "
            + "By default Lambda repeats an asynchronous event twice, after 1 and 2 minutes.")
    }
    if request.isThrottled, request.answered <= time {
      let reason = catalog.text(request.throttleReason)
      parts.append("It was throttled\(reason.isEmpty ? "" : " (\(reason))"): no environment took it.")
      if number == 1 { parts[0] = "The latest request" + parts[0].dropFirst(2) }
    }
    text = parts.joined(separator: " ")
  }

  private static func reason(_ reason: Name, _ catalog: Catalog) -> String {
    let text = catalog.text(reason)
    return text.isEmpty ? "" : " (\(text))"
  }
}
