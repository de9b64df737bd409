internal import LambdaEventFormats
package import LambdaLifecycle
internal import SwimlaneUI

/// The output of `lanes summary --json`: a contract that scripts rely on.
///
/// Start, end and moment are seconds since `origin`, the first known moment, and a finding's worst case is in
/// seconds; an end is null while a span is open; anything unknown is left out.
package struct SummaryJSON {
  package var timeline: Timeline
  package var catalog: Catalog
  /// Lines of the input.
  package var lines: Int
  /// The functions; those of the timeline where no others are given.
  package var functions: FunctionTable?
  private let printed: PrintedLines

  /// - Parameter printed: the output of functions, as far as it is kept.
  package init(_ timeline: Timeline, _ catalog: Catalog, lines: Int, printed: PrintedLines = .none) {
    self.printed = printed
    self.timeline = timeline
    self.catalog = catalog
    self.lines = lines
  }

  /// The object, with a newline at its end.
  package func text() -> [UInt8] {
    let origin = timeline.isEmpty ? 0 : timeline.beginning
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    if !timeline.isEmpty { line.add("origin", CalendarDate.text(origin)) }
    (functions ?? FunctionTable(timeline, catalog)).add(to: &line)
    if let begin = timeline.partBegin {
      line.add("part") { part in
        part.add("begin", seconds: begin &- origin)
        part.add("underWay", Int64(timeline.underWayBefore))
      }
    }
    line.add("environments", objects: timeline.tracks) { object, track in
      add(track, to: &object, origin: origin)
    }
    let coldStarts = ColdStartTables(timeline, catalog).entries
    if !coldStarts.isEmpty {
      line.add("coldStarts", objects: coldStarts) { $1.add(to: &$0, catalog, origin: origin) }
    }
    line.add("findings", objects: timeline.findings()) { add($1, to: &$0, origin: origin) }
    line.add("statistics") { object in
      let figures = SimulationFigures(timeline)
      SimulationJSON.add(RunsFigures([figures]), to: &object)
      object.add("peakConcurrency", Int64(timeline.statistics.peakConcurrency))
      if figures["costUSD"] != nil { object.add("prices", PriceTable().date) }
    }
    line.add("input") { input in
      input.add("lines", Int64(lines))
      input.add("events", Int64(timeline.eventCount))
      input.add("undecodable", Int64(timeline.undecodable))
      input.add("late", Int64(timeline.late))
    }
    line.finish(into: &bytes)
    return bytes
  }

  private func add(_ finding: Finding, to object: inout JSONLine, origin: Timestamp) {
    object.add("kind", finding.kind.wireName)
    object.addIfPresent("name", catalog.text(finding.kind.name))
    object.add("count", Int64(finding.count))
    if let longest = finding.longest { object.add("worst", seconds: longest) }
    let function = finding.environment == .none ? finding.function : catalog.function(of: finding.environment)
    object.addIfPresent("function", catalog.text(function))
    object.addIfPresent("environment", catalog.text(finding.environment))
    object.addIfPresent("requestId", catalog.text(finding.request))
    let cause = finding.kind.extensionName == .none ? finding.extensionName : finding.kind.extensionName
    object.addIfPresent("extension", catalog.text(cause))
    if case .failedExtension(_, let state) = finding.kind { object.add("state", state.wireName) }
    if let waited = finding.waited { object.add("callerWaited", seconds: waited) }
    if finding.invocations > 0 { object.add("invocations", Int64(finding.invocations)) }
    if let stretch = finding.stretch { object.add("moment", seconds: stretch.lowerBound &- origin) }
    object.addIfPresent("printed", finding.line(printed)?.text ?? "")
    object.addIfPresent("advice", finding.advice)
  }

  private func add(_ track: EnvironmentTrack, to object: inout JSONLine, origin: Timestamp) {
    object.add("id", catalog.text(track.id))
    object.addIfPresent("function", catalog.text(catalog.function(of: track.id)))
    object.add("state", track.finalState.rawValue)
    if let cause = RequestCause(of: track, timeline, at: timeline.last) {
      object.add("cause", cause.words(catalog))
      object.addIfPresent("printed", cause.line(printed)?.text ?? "")
    }
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
    addMarks(of: track, to: &object, origin: origin)
  }

  private func addMarks(of track: EnvironmentTrack, to object: inout JSONLine, origin: Timestamp) {
    if !track.marks.isEmpty {
      object.add("marks", objects: track.marks.indices.map(track.markSpan)) { line, mark in
        line.add("name", catalog.text(mark.name))
        line.addIfPresent("phase", mark.phase?.wireName ?? "")
        line.add("start", seconds: mark.start &- origin)
        if let end = mark.end { line.add("end", seconds: end &- origin) } else { line.addNull("end") }
        line.add("moment", mark.isMoment)
        line.add("observed", mark.isObserved)
        if mark.request >= 0 {
          line.addIfPresent("requestId", catalog.text(timeline.requests[Int(mark.request)].id))
        }
      }
    }
    if !track.code.imports.isEmpty {
      object.add("imports", objects: track.code.imports.sorted { $0.cost.total > $1.cost.total }) {
        line, told in
        line.add("name", catalog.text(told.cost.name))
        line.add("duration", seconds: told.cost.total)
        line.add("ownDuration", seconds: told.cost.own)
      }
    }
  }
}

extension EnvironmentTrack {
  /// The state when the input has ended: unless it is gone, its fate is not known.
  package var finalState: EnvironmentState { gone == .never ? .unknown : .gone }
}
