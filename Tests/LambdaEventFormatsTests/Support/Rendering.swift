import LambdaEventFormats
import LambdaLifecycle

/// Events as text, one a line: seconds since the first event, environment, event, request.
func render(_ log: EventLog) -> String {
  let origin = log.events.map(\.time).min() ?? 0
  return log.events.map { render($0, in: log, origin: origin) + "\n" }.joined()
}

/// The lines of `render` on the lifecycle, without the output of others.
func renderLifecycle(_ log: EventLog) -> String {
  var log = log
  log.events.removeAll {
    if case .output = $0.kind { return true }
    return false
  }
  return render(log)
}

func render(_ event: LifecycleEvent, in log: EventLog, origin: Timestamp) -> String {
  let request = log.catalog.text(event.request)
  let parts = [
    seconds(event.time - origin), event.environment == .none ? "-" : log.catalog.text(event.environment),
    describe(event.kind, in: log, origin: origin), request.isEmpty ? "" : "(" + request.prefix(8) + ")",
  ]
  return parts.filter { !$0.isEmpty }.joined(separator: " ")
}

/// `1.234567` seconds; no more digits than there are microseconds, because no fixture has them.
func seconds(_ time: Nanoseconds) -> String {
  let microseconds = time.magnitude / 1_000
  let fraction = String(microseconds % 1_000_000)
  let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
  return (time < 0 ? "-" : "") + "\(microseconds / 1_000_000)." + padded
}

private func describe(_ kind: LifecycleEvent.Kind, in log: EventLog, origin: Timestamp) -> String {
  func text(_ name: Name) -> String { log.catalog.text(name) }
  func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
  func length(_ label: String, _ value: Nanoseconds) -> String {
    value < 0 ? "" : label + "=" + seconds(value)
  }
  func number(_ label: String, _ value: Int32) -> String { value < 0 ? "" : "\(label)=\(value)" }
  switch kind {
  case .functionDescribed(let function):
    return joined([
      "function", text(function.runtime), number("memory", function.memoryMB),
      length("timeout", function.timeout), length("idle", function.idleTimeout),
    ])
  case .environmentCreated(let type): return joined(["created", type.wireName])
  case .environmentGone(let reason, let detail): return joined(["gone", reason.wireName, text(detail)])
  case .phaseBegan(let phase, let name): return joined(["begin", phase.wireName, text(name)])
  case .phaseEnded(let end):
    return joined([
      "end", end.phase.wireName, text(end.extensionName), end.outcome.wireName, text(end.errorType),
      length("length", end.duration),
    ])
  case .thawed: return "thawed"
  case .runtimeDone(let outcome, let error): return joined(["runtimeDone", outcome.wireName, text(error)])
  case .extensionState(let name, let state, let error):
    return joined(["extension", text(name), state.wireName, text(error)])
  case .requestArrived: return "arrived"
  case .requestAssigned: return "assigned"
  case .requestThrottled(let reason): return joined(["throttled", text(reason)])
  case .requestDropped(let reason): return joined(["dropped", text(reason)])
  case .requestAnswered(let outcome, let error): return joined(["answered", outcome.wireName, text(error)])
  case .report(let report):
    return joined([
      "report", length("duration", report.duration), length("init", report.initDuration),
      length("restore", report.restoreDuration), number("billedRestore", report.billedRestoreMs),
      number("billed", report.billedMs), number("memory", report.memoryMB),
      number("used", report.maxMemoryUsedMB),
      report.outcome.wireName, text(report.errorType),
    ])
  case .initReport(let report):
    return joined([
      report.isSuppressed ? "suppressedInitReport" : "initReport", report.initializationType.wireName,
      length("duration", report.duration), number("billed", report.billedMs),
      number("memory", report.memoryMB),
      report.outcome.wireName, text(report.errorType),
    ])
  case .output(let origin, let range): return joined([origin.wireName + ":", shown(log.text.text(range))])
  case .payload(let payload):
    return joined(["\(payload.side.wireName) of \(payload.bytes):", shown(log.text.text(payload.text))])
  case .settingChanged(let setting, let value): return "setting \(setting.wireName)=\(seconds(value))"
  case .marker(let name): return "marker \(text(name))"
  case .mark(let mark): return "mark \(mark.edge.wireName) \(text(mark.name))"
  case .imported(let cost):
    return
      "import \(text(cost.name)) own=\(seconds(cost.own)) total=\(seconds(cost.total)) depth=\(cost.depth)"
  case .lineRan(let line):
    return joined([
      "line \(text(line.file)):\(line.line) \(seconds(line.length))", length("begin", line.begin),
      text(line.text),
    ])
  case .packageImported(let package):
    return joined([
      "line \(text(package.file)):\(package.line) imported \(text(package.name))",
      number("count", package.count), seconds(package.length), text(package.importer),
    ])
  case .moduleImported(let module):
    return joined([
      "module \(text(module.file)) \(seconds(module.length))", length("process", module.process),
      length("client", module.client), number("compiled", module.compiledFiles),
      length("compiling", module.compiling), length("measuring", module.measuring),
    ])
  case .forked(let time): return "forked at \(seconds(time - origin))"
  case .dropped(let count, let reason): return joined(["dropped \(count)", text(reason)])
  case .undecodable(let reason, let range):
    return "undecodable (\(text(reason))): \(shown(log.text.text(range)))"
  }
}

/// The beginning of a line, fit for one line.
private func shown(_ text: String?) -> String {
  guard let text else { return "(let go)" }
  let line = text.unicodeScalars.map { $0.value < 0x20 ? "·" : String($0) }.joined()
  return line.count > 60 ? line.prefix(57) + "..." : line
}
