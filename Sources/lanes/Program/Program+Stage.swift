import EventSources
import LambdaLifecycle
import SwimlaneUI

// What a frame shows beside the timeline.

extension Program {
  func stage() -> Stage {
    var figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
    session.timeline.billProvisioned(until: session.playhead.time, in: &figures)
    var stage = Stage(session, title: title, statistics: figures)
    if let function = viewer.selected.map({ session.log.catalog.function(of: $0) }) {
      stage.functionWaits = cursor.waits(of: function).map { (session.log.catalog.text(function), $0) }
    }
    stage.message = message
    stage.findings = findings.list
    if let inputs, session.origin == .recording, !inputs.hasEnded, findings.received < 0 {
      stage.isReading = true
      stage.readPercent = inputs.readShare.map { Int(min(1, $0) * 100) }
    }
    stage.settings = settings
    if viewer.showsOptions { stage.options = session.options }
    if let inputs {
      let source = viewer.selected.map { session.log.catalog.source(of: $0) }
      let reach = inputs.reach(source)
      stage.canRequest = reach.canTakeRequests
      stage.canEnd = reach.canEnd
      stage.inputs = inputs.statuses(at: currentTime())
      if let selected = viewer.selected { stage.note = session.timeline.source(of: selected).blindSpots.note }
    }
    stage.waiting = waiting
    if recorder != nil {
      stage.loss = .recording
    } else if session.hasOwnActions, !isSaved {
      stage.loss = .unsaved
    }
    stage.hasLessons = demonstration != nil
    if stage.hasLessons, viewer.showsMenu { stage.lessons = lessons }
    return stage
  }

  private var settings: HeaderSettings? {
    let catalog = session.log.catalog
    guard let function = viewer.selected.map({ catalog.function(of: $0) }) ?? session.simulation?.function
    else {
      return nil
    }
    let description = session.timeline.description(of: function, at: session.playhead.time)
    return HeaderSettings(
      catalog.text(function), description, of: session.timeline.functions.count, catalog,
      idleTimeout: session.isSimulation ? description?.idleTimeout : nil)
  }

  private var waiting: [String] {
    guard let inputs else { return session.hints }
    if inputs.isOver { return inputs.inputs.flatMap(ended) }
    let unknown = inputs.inputs.filter { $0.format == nil && $0.status.lines > 0 }
    if let input = unknown.first {
      return [
        "\(input.status.name): \(input.status.lines) lines so far, and none of a format that lanes knows.",
        "Expected: RIE output, Telemetry API events, a lanes recording. --from names it.",
      ]
    }
    if session.isLive, inputs.reach(nil).hasAddress {
      return [
        "The emulator initialises at its first request: press i to send a request.",
        "Requests from elsewhere are shown as well.",
      ]
    }
    if let listener = inputs.inputs.first(where: { $0.status.name.hasPrefix("http://") })?.status.name {
      return [
        "Listening on \(listener) for events of the Telemetry API; nobody has posted any yet.",
        "A path names the environment: \(listener)/NAME. demos/extension sends a function's telemetry here.",
      ]
    }
    if let trouble = inputs.statuses(at: currentTime()).lazy.compactMap({ status -> [String]? in
      guard case .stalled(let reason) = status.state else { return nil }
      return ["\(status.name): \(reason).", "Nothing has to be done here: it is tried again by itself."]
    }).first {
      return trouble
    }
    let names = inputs.inputs.filter { !$0.status.state.isOver }.map(\.status.name)
    return [
      "Waiting for the first event\(names.isEmpty ? "" : " from " + names.joined(separator: ", ")).",
      "Press ? for all keys.",
    ]
  }

  /// What there is to say of an input that has ended without an event.
  private func ended(_ input: Input) -> [String] {
    let reason = session.timeline.markers.last.flatMap { marker -> String? in
      if case .named(let name) = marker.kind { return session.log.catalog.text(name) }
      return nil
    }
    let status = input.status
    if case .failed(let reason) = status.state { return ["\(status.name) could not be read: \(reason)"] }
    let end = status.end.isEmpty ? "The input has ended." : "The emulator has ended: \(status.end)."
    let why = reason.map { "It said: \($0)" }
    return [end]
      + (why.map { [$0] }
        ?? (input.isUnderstood
          ? ["No event came."] : input.notUnderstood.split(separator: "\n").map(String.init)))
  }
}
