package import LambdaLifecycle

/// Writes events as the lines of a recording (docs/recording-format.md).
package struct RecordingEncoder: Sendable {
  /// Times are written as seconds since this moment.
  package let origin: Timestamp
  package let source: SourceKind
  /// The part of a longer session that it is; nil for all of one.
  private let part: SessionPart?

  /// The sources that have their line in the recording.
  private var told: Set<SourceID> = []

  package init(origin: Timestamp, source: SourceKind, part: SessionPart? = nil) {
    self.origin = origin
    self.source = source
    self.part = part
  }

  /// The first line, with its newline.
  package func header() -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("format", "\(RecordingHeader.format)")
    line.add("version", RecordingHeader.version)
    line.add("origin", CalendarDate.text(origin))
    line.add("source", source.rawValue)
    if let part {
      line.add("begin", seconds: part.begin &- origin)
      line.add("end", seconds: part.end &- origin)
    }
    line.finish(into: &bytes)
    return bytes
  }

  /// Writes one event as a line, with its newline.
  package mutating func encode(_ event: LifecycleEvent, from log: EventLog) -> [UInt8] {
    var bytes: [UInt8] = []
    encode(event, from: log, into: &bytes)
    return bytes
  }

  /// Appends one event as a line, with its newline.
  package mutating func encode(_ event: LifecycleEvent, from log: EventLog, into bytes: inout [UInt8]) {
    let catalog = log.catalog
    let teller = catalog.source(of: event.environment)
    // A recording of one source names its kind in the header.
    let isNamed =
      event.environment != .none && (catalog.sources.count > 1 || catalog[teller].kind != source)
    if isNamed, told.insert(teller).inserted { tell(teller, catalog, at: event.time, into: &bytes) }
    var line = JSONLine(takingOver: &bytes)
    line.add("time", seconds: event.time &- origin)
    if event.arrival != event.time { line.add("arrival", seconds: event.arrival &- origin) }
    line.add("event", EventName(event.kind).rawValue)
    if event.environment != .none {
      line.add("environment", catalog.text(event.environment))
    }
    if isNamed { line.add("source", name(of: teller, catalog)) }
    // An environment belongs to a function, even if the event does not repeat it.
    let function = event.function == .none ? catalog.function(of: event.environment) : event.function
    line.addIfPresent("function", catalog.text(function))
    line.addIfPresent("requestId", catalog.text(event.request))
    line.add(event.kind, from: log, origin: origin)
    line.finish(into: &bytes)
  }

  /// Writes the line that describes a source, before the first that names it.
  private func tell(_ source: SourceID, _ catalog: Catalog, at time: Timestamp, into bytes: inout [UInt8]) {
    var line = JSONLine(takingOver: &bytes)
    line.add("time", seconds: time &- origin)
    line.add("event", EventName.source.rawValue)
    line.add("source", name(of: source, catalog))
    line.add("kind", catalog[source].kind.rawValue)
    line.finish(into: &bytes)
  }

  private func name(of source: SourceID, _ catalog: Catalog) -> String {
    let name = catalog[source].name
    return name.isEmpty ? "source-\(source.index + 1)" : name
  }
}

extension JSONLine {
  fileprivate mutating func add(_ kind: LifecycleEvent.Kind, from log: EventLog, origin: Timestamp) {
    let catalog = log.catalog
    switch kind {
    case .functionDescribed(let function):
      addIfPresent("runtime", catalog.text(function.runtime))
      addIfPresent("architecture", function.architecture?.rawValue ?? "")
      addIfKnown("memoryMB", Int64(function.memoryMB))
      addIfKnown("timeout", seconds: function.timeout)
      addIfKnown("idleTimeout", seconds: function.idleTimeout)
      addIfPresent("initializationType", function.initializationType.wireName)
      addIfKnown("reservedConcurrency", Int64(function.reservedConcurrency))
      addIfKnown("provisionedConcurrency", Int64(function.provisionedConcurrency))
    case .environmentCreated(let type):
      addIfPresent("initializationType", type.wireName)
    case .environmentGone(let reason, let detail):
      add("reason", reason.wireName)
      addIfPresent("detail", catalog.text(detail))
    case .phaseBegan(let phase, let extensionName):
      add("phase", phase.wireName)
      addIfPresent("extension", catalog.text(extensionName))
    case .phaseEnded(let end):
      add("phase", end.phase.wireName)
      addIfPresent("extension", catalog.text(end.extensionName))
      addIfPresent("outcome", end.outcome.wireName)
      addIfPresent("errorType", catalog.text(end.errorType))
      addIfKnown("duration", seconds: end.duration)
    case .thawed, .requestArrived, .requestAssigned:
      break
    case .runtimeDone(let outcome, let errorType), .requestAnswered(let outcome, let errorType):
      addIfPresent("outcome", outcome.wireName)
      addIfPresent("errorType", catalog.text(errorType))
    case .extensionState(let name, let state, let errorType):
      add("extension", catalog.text(name))
      add("state", state.wireName)
      addIfPresent("errorType", catalog.text(errorType))
    case .requestThrottled(let reason), .requestDropped(let reason):
      addIfPresent("reason", catalog.text(reason))
    case .report(let report):
      add(report, from: catalog)
    case .initReport(let report):
      add(report, from: catalog)
    case .output(let origin, let text):
      add("origin", origin.wireName)
      add("text", log.text.text(text) ?? "")
    case .payload(let payload):
      add("side", payload.side.wireName)
      add("text", log.text.text(payload.text) ?? "")
      if payload.bytes > payload.text.length { add("bytes", payload.bytes) }
    case .settingChanged(let setting, let value):
      add("setting", setting.wireName)
      if setting.recordedUnit == .seconds(1) {
        add("value", value)
      } else {
        add("value", seconds: value.multipliedReportingOverflow(by: setting.recordedUnit).partialValue)
      }
    case .marker(let text):
      add("text", catalog.text(text))
    case .mark(let mark):
      add("name", catalog.text(mark.name))
      add("edge", mark.edge.wireName)
      if mark.isInferred { add("isInferred", true) }
    case .imported(let cost):
      add("name", catalog.text(cost.name))
      add("duration", seconds: cost.total)
      add("ownDuration", seconds: cost.own)
      add("depth", Int64(cost.depth))
    case .lineRan(let line):
      add("file", catalog.text(line.file))
      add("line", Int64(line.line))
      addIfKnown("begin", seconds: line.begin)
      add("duration", seconds: line.length)
      addIfPresent("text", catalog.textForOthers(of: line))
    case .packageImported(let package):
      add("file", catalog.text(package.file))
      add("line", Int64(package.line))
      addIfPresent("name", catalog.text(package.name))
      addIfPresent("importer", catalog.text(package.importer))
      if package.count != 1 { add("count", Int64(package.count)) }
      add("duration", seconds: package.length)
    case .moduleImported(let module):
      add("file", catalog.text(module.file))
      add("duration", seconds: module.length)
      addIfKnown("processDuration", seconds: module.process)
      addIfKnown("clientDuration", seconds: module.client)
      if module.compiledFiles > 0 { add("compiledFiles", Int64(module.compiledFiles)) }
      addIfKnown("compileDuration", seconds: module.compiling)
      addIfKnown("hookDuration", seconds: module.measuring)
    case .forked(let time):
      add("at", seconds: time &- origin)
    case .dropped(let count, let reason):
      add("count", count)
      addIfPresent("reason", catalog.text(reason))
    case .undecodable(let reason, let text):
      add("reason", catalog.text(reason))
      add("text", log.text.text(text) ?? "")
    }
  }

  private mutating func add(_ report: Report, from catalog: Catalog) {
    addIfKnown("duration", seconds: report.duration)
    addIfKnown("initDuration", seconds: report.initDuration)
    addIfKnown("restoreDuration", seconds: report.restoreDuration)
    addIfKnown("billedRestoreMs", Int64(report.billedRestoreMs))
    addIfKnown("billedMs", Int64(report.billedMs))
    addIfKnown("memoryMB", Int64(report.memoryMB))
    addIfKnown("maxMemoryUsedMB", Int64(report.maxMemoryUsedMB))
    addIfPresent("outcome", report.outcome.wireName)
    addIfPresent("errorType", catalog.text(report.errorType))
  }

  private mutating func add(_ report: InitReport, from catalog: Catalog) {
    addIfPresent("initializationType", report.initializationType.wireName)
    // AWS's words: the phase in which the init ran.
    add("phase", report.isSuppressed ? "invoke" : "init")
    addIfKnown("duration", seconds: report.duration)
    addIfKnown("billedMs", Int64(report.billedMs))
    addIfKnown("memoryMB", Int64(report.memoryMB))
    addIfPresent("outcome", report.outcome.wireName)
    addIfPresent("errorType", catalog.text(report.errorType))
  }
}
