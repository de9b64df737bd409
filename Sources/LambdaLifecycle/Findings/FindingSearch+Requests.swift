// Timeouts, errors, throttles, cold starts, and what was slow.

extension FindingSearch {
  /// Events that the queue gave up.
  mutating func lookAtDrops(_ timeline: borrowing Timeline) {
    for drop in timeline.drops where drop.time >= begin {
      add(.droppedEvent(reason: drop.reason), nil, in: .none, drop.time, drop.time)
      let key = FindingKey(.droppedEvent(reason: drop.reason))
      if found[key]?.count == 1 { found[key]?.request = drop.request }
    }
  }

  mutating func lookAtRequests(_ timeline: borrowing Timeline) {
    hasSeveral = timeline.hasSeveralFunctions
    let usual = usualWaits(timeline)
    for (place, request) in timeline.requests.enumerated()
    where request.arrival >= begin && timeline.shows(request: place) {
      let known = request.answered != .never
      let environment = request.environment
      if request.isThrottled {
        add(
          .throttle(reason: request.throttleReason), nil, in: environment, request.arrival, request.answered)
        continue
      }
      if known, request.outcome == .timeout {
        addTimeout(request, Int32(place))
      } else if known, request.outcome.isBad, !crashes.contains(request.answered) {
        addError(request, timeline)
      }
      if request.isCold || request.isReinit { addStart(place, request, timeline) }
      let function = function(of: request, timeline)
      guard let wait = request.wait, request.start == .warm, !request.outcome.isBad,
        let usual = usual[function],
        wait >= max(5 * usual, usual + .milliseconds(100))
      else { continue }
      let key = add(.slowRequest, wait, of: function, request, until: request.answered)
      found[key]?.usual = usual
    }
  }

  /// The usual wait of each function's callers where they wait for no init. Much longer is five times that,
  /// and what somebody would notice.
  private func usualWaits(_ timeline: borrowing Timeline) -> [Name: Nanoseconds] {
    var waits: [Name: Quantiles] = [:]
    for (place, request) in timeline.requests.enumerated()
    where request.arrival >= begin && request.start == .warm && timeline.shows(request: place) {
      guard let wait = request.wait, !request.outcome.isBad else { continue }
      waits[function(of: request, timeline), default: Quantiles()].record(wait)
    }
    return waits.compactMapValues(\.median)
  }

  /// Whose request it is, where there are several functions.
  private func function(of request: RequestRow, _ timeline: borrowing Timeline) -> Name {
    hasSeveral ? timeline.function(of: request.environment) ?? request.function : .none
  }

  /// A request that ended badly: in its function, or with an extension.
  private mutating func addError(_ request: RequestRow, _ timeline: borrowing Timeline) {
    let isMemory = request.errorType == ErrorType.runtimeOutOfMemory.name
    let kind: Finding.Kind = isMemory ? .outOfMemory : .error(request.errorType)
    let name = failedExtension(of: request, timeline)
    let key = FindingKey(kind, by: name)
    var finding = found[key] ?? Finding(kind)
    finding.extensionName = name
    finding.add(
      request.answered &- request.arrival, in: request.environment,
      request.arrival...max(request.arrival, request.answered))
    found[key] = finding
  }

  /// The extension whose failure was the request's; `.none` where it has another reason.
  private func failedExtension(of request: RequestRow, _ timeline: borrowing Timeline) -> Name {
    guard ErrorType(request.errorType).isOfExtension, let place = timeline.trackPlace(request.environment)
    else { return .none }
    return timeline.tracks[place].failedExtension(from: request.arrival, to: request.answered)?.name ?? .none
  }

  private mutating func addTimeout(_ request: RequestRow, _ place: Int32) {
    let length = request.duration >= 0 ? request.duration : request.answered &- request.arrival
    let isInInit = timedOut[place].map { 2 * $0 < length } ?? false
    let kind: Finding.Kind = isInInit ? .timeoutInInit : .timeout
    add(kind, length, in: request.environment, request.arrival, request.answered)
    if isInInit, found[FindingKey(kind)]?.longest == length { found[FindingKey(kind)]?.request = request.id }
  }

  /// A request that waited for an init: how long, and for what.
  mutating func addStart(
    _ place: Int, _ request: RequestRow, _ timeline: borrowing Timeline
  ) {
    let kind: Finding.Kind = request.isCold ? .coldStart : .reinit
    let end = request.answered == .never ? timeline.last : request.answered
    let key = add(kind, request.wait, of: function(of: request, timeline), request, until: end)
    // A request that is not over has no composition yet.
    guard request.answered != .never else { return }
    let parts = RequestParts(place, timeline, at: timeline.last).parts.filter { !$0.isAfterAnswer }
    if request.wait == nil {
      found[key]?.measured += 1
      // The sum of its parts is all that is known of its length.
      found[key]?.total += parts.reduce(0) { $0 + $1.length }
    }
    for part in parts { found[key]?.add(part) }
  }
}
