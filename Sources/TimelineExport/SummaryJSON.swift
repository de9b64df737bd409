internal import LambdaEventFormats
package import LambdaLifecycle
internal import SwimlaneUI

/// What `lanes summary --json` prints: a contract that scripts rely on.
///
/// Start and end are seconds since `origin`, the first known moment; an end is null while a span is open; what is not
/// known is left out.
package struct SummaryJSON {
  package var timeline: Timeline
  package var catalog: Catalog
  /// Lines of the input.
  package var lines: Int

  package init(_ timeline: Timeline, _ catalog: Catalog, lines: Int) {
    self.timeline = timeline
    self.catalog = catalog
    self.lines = lines
  }

  /// The object, with a newline at its end.
  package func text() -> [UInt8] {
    let origin = timeline.isEmpty ? 0 : timeline.first
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    if !timeline.isEmpty { line.add("origin", CalendarDate.text(origin)) }
    line.add("environments", objects: timeline.tracks) { object, track in
      add(track, to: &object, origin: origin)
    }
    line.add("statistics") { add(timeline.statistics, to: &$0) }
    line.add("input") { input in
      input.add("lines", Int64(lines))
      input.add("events", Int64(timeline.eventCount))
      input.add("undecodable", Int64(timeline.undecodable))
      input.add("late", Int64(timeline.late))
    }
    line.finish(into: &bytes)
    return bytes
  }

  private func add(_ track: EnvironmentTrack, to object: inout JSONLine, origin: Timestamp) {
    object.add("id", catalog.text(track.id))
    object.addIfPresent("function", catalog.text(catalog.function(of: track.id)))
    object.add("state", track.finalState.rawValue)
    object.add("spans", objects: track.spans(timeline.requests)) { line, span in
      line.add("phase", span.phase.wireName)
      line.add("start", seconds: span.start &- origin)
      if let end = span.end { line.add("end", seconds: end &- origin) } else { line.addNull("end") }
      line.add("observed", span.isObserved)
      if span.outcome == .none { line.addNull("outcome") } else { line.add("outcome", span.outcome.wireName) }
      line.addIfPresent("requestId", catalog.text(span.request))
      line.addIfPresent("extension", catalog.text(span.extensionName))
      line.addIfPresent("errorType", catalog.text(span.errorType))
    }
  }

  private func add(_ statistics: Statistics, to object: inout JSONLine) {
    object.add("requests", Int64(statistics.requests))
    object.add("coldStarts", Int64(statistics.coldStarts))
    object.add("reinits", Int64(statistics.reinits))
    object.add("throttles", Int64(statistics.throttles))
    object.add("errors", Int64(statistics.errors))
    object.add("timeouts", Int64(statistics.timeouts))
    add("initMs", statistics.initLengths, to: &object)
    add("durationMs", statistics.durations, to: &object)
    add("coldWaitMs", statistics.coldWaits, to: &object)
    add("warmWaitMs", statistics.warmWaits, to: &object)
    object.add("peakConcurrency", Int64(statistics.peakConcurrency))
    object.add(
      "billedGBSeconds",
      number: decimal(Int64((statistics.billedGBSeconds * 1_000_000).rounded()), unit: 1_000_000, places: 6))
  }

  private func add(_ key: StaticString, _ quantiles: Quantiles, to object: inout JSONLine) {
    guard let p50 = quantiles.value(atPercent: 50), let p95 = quantiles.value(atPercent: 95),
      let p99 = quantiles.value(atPercent: 99)
    else { return }
    object.add(key) { line in
      line.add("p50", number: milliseconds(p50))
      line.add("p95", number: milliseconds(p95))
      line.add("p99", number: milliseconds(p99))
      line.add("max", number: milliseconds(quantiles.max))
    }
  }

  private func milliseconds(_ length: Nanoseconds) -> String { decimal(length, unit: 1_000_000, places: 3) }
}

extension EnvironmentTrack {
  /// The state when the input has ended: unless it is gone, nobody knows what became of it.
  package var finalState: EnvironmentState { gone == .never ? .unknown : .gone }
}
