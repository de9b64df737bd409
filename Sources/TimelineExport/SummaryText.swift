package import LambdaLifecycle
internal import SwimlaneUI

/// The output of `lanes summary` for people.
package struct SummaryText {
  package var timeline: Timeline
  package var catalog: Catalog
  package var lines: Int
  private let printed: PrintedLines
  /// Columns of the longest time.
  private var timeWidth = 9

  /// - Parameter printed: the output of functions, as far as it is kept.
  package init(_ timeline: Timeline, _ catalog: Catalog, lines: Int, printed: PrintedLines = .none) {
    self.printed = printed
    self.timeline = timeline
    self.catalog = catalog
    self.lines = lines
    timeWidth = max(timeWidth, text(ofSeconds: timeline.last).count)
  }

  package func text() -> String {
    let findings = FindingsReport(timeline, catalog, printed: printed)
    var out = findings.lines() + [""]
    out += ColdStartReport(timeline, catalog, printed: printed).lines()
    out += environments(found: findings.environments)
    out += figures()
    out.append(
      "input: \(lines) lines, \(timeline.eventCount) events, \(timeline.outputLines) lines of output, "
        + "\(timeline.undecodable) not understood, \(timeline.late) late")
    if timeline.undecodable > 0 {
      out.append("  last not understood: \(catalog.text(timeline.lastUndecodable))")
    }
    let kinds = SourceKind.allCases.filter { kind in timeline.tracks.contains { $0.source == kind } }
    out += kinds.map(\.blindSpots.details).filter { !$0.isEmpty }.map { "note: \($0)" }
    return out.map(\.printable).joined(separator: "\n") + "\n"
  }

  /// Environments that are shown whole.
  private static let most = 20

  /// The environments by age, a block each; of many, those that a finding names or in which something failed come before
  /// others.
  private func environments(found: Set<EnvironmentID>) -> [String] {
    guard timeline.tracks.count > Self.most else { return timeline.tracks.flatMap(environment) }
    let matters = timeline.tracks.map { track in
      found.contains(track.id) || EnvironmentTrack.LaneIndex.failures.contains { !track[$0].isEmpty }
    }
    let places = timeline.tracks.indices
    let shown = (places.filter { matters[$0] } + places.filter { !matters[$0] }).prefix(Self.most).sorted()
    let rest = timeline.tracks.count - shown.count
    return shown.flatMap { environment(timeline.tracks[$0]) }
      + ["… and \(rest) environment\(rest == 1 ? "" : "s") more; --json has them all", ""]
  }

  private func environment(_ track: EnvironmentTrack) -> [String] {
    let function = catalog.text(catalog.function(of: track.id))
    var title = catalog.text(track.id)
    if !function.isEmpty { title += " of \(function)" }
    title += ": \(track.finalState.title)"
    if track.finalState == .unknown {
      title += ", \(track.state(at: timeline.last).title) when the input ended"
    }
    if track.gone != .never {
      title += " (\(track.goneReason.wireName)"
      let detail = catalog.text(track.goneDetail)
      title += detail.isEmpty ? ")" : ": \(detail))"
    }
    let cause = RequestCause(of: track, timeline, at: timeline.last)
    let causes = [
      cause.map { "  \($0.words(catalog))" }, cause?.line(printed).map { "  \($0.title): \($0.words)" },
    ]
    let hidden = track.shutdownsWithoutRuntime
    let spans = track.spans(timeline.requests).filter {
      $0.phase != .runtimeShutdown || $0.start != $0.end || !hidden.contains($0.start)
    }
    // Of many environments, a few spans of each.
    let most = max(10, 200 / max(1, min(timeline.tracks.count, Self.most)))
    let shown = spans.prefix(most).map { "  " + line($0) }
    let more = spans.count > most ? ["  … and \(spans.count - most) spans more; --json has them all"] : []
    return [title] + causes.compactMap { $0 } + shown + more + marks(track) + imports(track) + [""]
  }

  private func marks(_ track: EnvironmentTrack) -> [String] {
    guard !track.marks.isEmpty else { return [] }
    let shown = track.marks.indices.prefix(200).map { index in
      let mark = track.markSpan(index)
      let start = seconds(mark.start)
      let length = mark.end.map { SwimlaneUI.text(ofLength: $0 &- mark.start) } ?? "open"
      var line = "  \(start) s  \(padded(mark.isMoment ? "moment" : length, left: 9))  "
      line += String(repeating: "  ", count: min(mark.depth, 10)) + catalog.text(mark.name)
      if let phase = mark.phase { line += ", in \(phase.title)" }
      if !mark.isObserved { line += " (end not told)" }
      return line
    }
    let more =
      track.marks.count > 200 ? ["  … and \(track.marks.count - 200) marks more; --json has them all"] : []
    return ["  marks:"] + shown + more
  }

  private func imports(_ track: EnvironmentTrack) -> [String] {
    guard !track.code.imports.isEmpty else { return [] }
    let costs = track.code.imports.map(\.cost).sorted { ($0.total, $0.own) > ($1.total, $1.own) }
    let shown = costs.prefix(20).map { cost in
      "  \(padded(SwimlaneUI.text(ofLength: cost.total), left: 22))  \(catalog.text(cost.name)), its own "
        + SwimlaneUI.text(ofLength: cost.own)
    }
    let more = costs.count > 20 ? ["  … and \(costs.count - 20) imports more; --json has them all"] : []
    return ["  imports, with what they import themselves:"] + shown + more
  }

  /// Seconds from the session's beginning: `77,300.033`. All of a session have one width.
  private func seconds(_ time: Timestamp) -> String {
    padded(text(ofSeconds: time), left: timeWidth)
  }

  private func text(ofSeconds time: Timestamp) -> String {
    let text = decimal(time &- timeline.beginning, unit: 1_000_000_000, places: 3)
    let parts = text.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let whole = Int(parts[0]), whole > 0 else { return text }
    return "\(grouped(whole)).\(parts[1])"
  }

  private func line(_ span: Span) -> String {
    let start = seconds(span.start)
    let length = span.end.map { SwimlaneUI.text(ofLength: $0 &- span.start) } ?? "open"
    var line = "\(start) s  \(padded(length, left: 9))  \(span.phase.title)"
    if !catalog.text(span.extensionName).isEmpty { line += " of \(catalog.text(span.extensionName))" }
    if !span.isObserved { line += " (inferred)" }
    if span.outcome.isBad { line += ": \(span.outcome.wireName)" }
    let error = catalog.text(span.errorType)
    if !error.isEmpty { line += " \(error)" }
    let request = catalog.text(span.request)
    if !request.isEmpty { line += "  \(request)" }
    return line
  }

  private func figures() -> [String] {
    let figures = timeline.statistics
    var lines = [
      "requests \(figures.requests), cold starts \(figures.coldStarts), re-inits \(figures.reinits), "
        + "throttled \(figures.throttles), errors \(figures.errors), timeouts \(figures.timeouts)"
    ]
    if figures.initializedAhead > 0 {
      lines.append("initialized ahead of requests: \(figures.initializedAhead), nobody waited for that")
    }
    if figures.retries + figures.dropped > 0 {
      lines.append("retries \(figures.retries), events dropped \(figures.dropped)")
    }
    for (title, quantiles) in [
      ("init", figures.initLengths), ("restore", figures.restoreLengths), ("duration", figures.durations),
      ("the caller waited, cold", figures.coldWaits), ("the caller waited, warm", figures.warmWaits),
      ("the caller waited, re-init", figures.reinitWaits),
    ] {
      guard let p50 = quantiles.median, let p95 = quantiles.value(atPercent: 95),
        let p99 = quantiles.value(atPercent: 99)
      else { continue }
      let values = [("p50", p50), ("p95", p95), ("p99", p99), ("max", quantiles.max)]
      lines.append(
        "\(title): " + values.map { "\($0.0) \(SwimlaneUI.text(ofLength: $0.1))" }.joined(separator: ", "))
    }
    let billed = decimal(Int64((figures.billedGBSeconds * 1_000).rounded()), unit: 1_000, places: 3)
    let all = SimulationFigures(timeline)
    if timeline.last > timeline.first {
      lines.append(
        ["environments", "running", "idle"].map { name in
          "\(name): mean \(all.text("\(name).mean")), peak \(all.text("\(name).peak"))"
        }.joined(separator: "; "))
    }
    if all["lifespanSeconds"] != nil { lines.append("mean lifespan \(all.text("lifespanSeconds"))") }
    let isBilled = all["billedGBSeconds"] != nil
    lines.append(
      "peak concurrency \(figures.peakConcurrency), billed \(isBilled ? "\(billed) GB-s" : "not told")")
    if timeline.underWayBefore > 0 {
      lines.append(
        "under way when this part begins: \(timeline.underWayBefore), which arrived before it and are no part of these figures"
      )
    }
    if all["costUSD"] != nil {
      lines.append("estimated cost \(all.text("costUSD")): \(PriceTable().origin)")
    }
    return lines
  }

  private func padded(_ text: String, left width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columnCount)) + text
  }
}
