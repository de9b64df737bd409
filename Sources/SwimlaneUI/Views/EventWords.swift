package import LambdaLifecycle

/// The words for an event.
package struct EventWords {
  private let catalog: Catalog
  private let texts: TextStore
  /// Moments are counted from this one on.
  private let origin: Timestamp
  /// They leave this screen: literals that were read from files here are left out.
  private let areForOthers: Bool

  package init(_ catalog: Catalog, _ texts: TextStore, origin: Timestamp, areForOthers: Bool = false) {
    self.catalog = catalog
    self.texts = texts
    self.origin = origin
    self.areForOthers = areForOthers
  }

  /// For a line of the log, which has something to say of every event.
  func logText(_ event: LifecycleEvent) -> String {
    switch event.kind {
    case .output(.function, let range): texts.text(range) ?? "(this output has been let go)"
    case .payload(let payload):
      "\(payload.side.wireName): \(texts.text(payload.text)?.onOneLine ?? "(it has been let go)")"
    default: words(event) ?? "function seen"
    }
  }

  /// Nil for an event that says nothing to a reader.
  package func words(_ event: LifecycleEvent) -> String? {
    switch event.kind {
    case .functionDescribed(let function):
      var parts: [String] = []
      if function.runtime != .none { parts.append(catalog.text(function.runtime)) }
      if let architecture = function.architecture { parts.append(architecture.rawValue) }
      if function.memoryMB >= 0 { parts.append(text(ofMegabytes: Int64(function.memoryMB))) }
      if function.initializationType != .unknown { parts.append(function.initializationType.wireName) }
      if function.reservedConcurrency >= 0 {
        parts.append("reserved concurrency \(function.reservedConcurrency)")
      }
      if function.provisionedConcurrency > 0 {
        parts.append("provisioned concurrency \(function.provisionedConcurrency)")
      }
      if function.timeout >= 0 { parts.append("timeout \(text(ofSetting: function.timeout))") }
      if function.idleTimeout >= 0 { parts.append("idle timeout \(text(ofSetting: function.idleTimeout))") }
      return parts.isEmpty ? nil : "function: " + parts.joined(separator: ", ")
    case .environmentCreated(let type):
      return "environment created" + (type == .unknown ? "" : ", \(type.wireName)")
    case .environmentGone(let reason, let detail):
      return "environment gone: \(reason.wireName)" + suffix(catalog.text(detail))
    case .phaseBegan(let phase, let name):
      return "\(phase.title) began" + suffix(catalog.text(name))
    case .phaseEnded(let end):
      var words = "\(phase(end)) ended"
      if end.outcome != .none { words += ": \(end.outcome.wireName)" }
      if end.duration >= 0 { words += " after \(text(ofLength: end.duration))" }
      return words + suffix(catalog.text(end.errorType))
    case .thawed: return "thawed"
    case .runtimeDone(let outcome, let error):
      return "runtime done: \(outcome.wireName)" + suffix(catalog.text(error))
    case .extensionState(let name, let state, let error):
      return "extension \(catalog.text(name)): \(state.wireName)" + suffix(catalog.text(error))
    case .requestArrived: return "request arrived"
    case .requestAssigned: return "request assigned"
    case .requestThrottled(let reason): return "request throttled" + suffix(catalog.text(reason))
    case .requestDropped(let reason): return "event dropped" + suffix(catalog.text(reason))
    case .requestAnswered(let outcome, let error):
      return "request answered: \(outcome.wireName)" + suffix(catalog.text(error))
    case .report(let report): return words(report)
    case .initReport(let report): return words(report)
    case .output(let origin, let range): return "\(origin.wireName) output: \(texts.text(range) ?? "")"
    // Where there is no room for more than a line, the answer is given in other words.
    case .payload: return nil
    case .settingChanged(let setting, let value): return "\(setting.title) is now \(setting.text(value))"
    case .marker(let name): return "marker: \(catalog.text(name))"
    case .mark(let mark):
      switch mark.edge {
      case .begin: return "\(catalog.text(mark.name)) began (mark)"
      case .end: return "\(catalog.text(mark.name)) ended (mark)"
      case .moment: return "mark: \(catalog.text(mark.name))"
      }
    case .imported(let cost):
      let indent = String(repeating: "  ", count: Int(min(cost.depth, 20)))
      return "\(indent)import of \(catalog.text(cost.name)) took \(text(ofLength: cost.total))"
        + ", \(text(ofLength: cost.own)) its own"
    case .lineRan(let line):
      return "\(place(of: line)) took \(text(ofLength: line.length))"
    case .packageImported(let package):
      let name = package.count > 1 ? "\(package.count) more packages" : catalog.text(package.name)
      return "  \(name) took \(text(ofLength: package.length)) of it" + suffix(importer(of: package))
    case .moduleImported(let module):
      let measuring =
        module.measuring > 0 ? ", without \(text(ofLength: module.measuring)) for measuring" : ""
      return "\(catalog.text(module.file)) was imported in \(text(ofLength: module.length))" + measuring
    case .forked(let time): return "forked: what came after \(text(ofClock: time &- origin)) is void"
    case .dropped(let count, let reason): return "\(count) records dropped" + suffix(catalog.text(reason))
    case .undecodable(let reason, let range):
      return "not understood (\(catalog.text(reason))): \(texts.text(range) ?? "")"
    }
  }

  private func place(of line: LineTime) -> String {
    let words = "\(catalog.text(line.file)):\(line.line)"
    let shown = areForOthers ? catalog.textForOthers(of: line) : catalog.text(line.text)
    return shown.isEmpty ? words : "\(words) \(shown)"
  }

  private func importer(of package: PackageTime) -> String {
    package.importer == .none ? "" : "by \(catalog.text(package.importer))"
  }

  private func phase(_ end: PhaseEnd) -> String {
    end.extensionName == .none ? end.phase.title : "\(end.phase.title) of \(catalog.text(end.extensionName))"
  }

  private func words(_ report: Report) -> String {
    var parts: [String] = []
    if report.duration >= 0 { parts.append("duration \(text(ofLength: report.duration))") }
    if report.initDuration >= 0 { parts.append("init \(text(ofLength: report.initDuration))") }
    if report.restoreDuration >= 0 { parts.append("restore \(text(ofLength: report.restoreDuration))") }
    if report.billedRestoreMs >= 0 { parts.append("billed restore \(report.billedRestoreMs) ms") }
    if report.billedMs >= 0 { parts.append("billed \(text(ofCount: report.billedMs)) ms") }
    if report.memoryMB >= 0 { parts.append(text(ofMegabytes: Int64(report.memoryMB))) }
    if report.maxMemoryUsedMB >= 0 {
      parts.append("used \(text(ofMegabytes: Int64(report.maxMemoryUsedMB)))")
    }
    return parts.isEmpty ? "report" : "report: " + parts.joined(separator: ", ")
  }

  private func words(_ report: InitReport) -> String {
    var parts: [String] = []
    if report.initializationType != .unknown { parts.append(report.initializationType.wireName) }
    if report.outcome != .none {
      parts.append(report.outcome.wireName + suffix(catalog.text(report.errorType)))
    }
    if report.duration >= 0 { parts.append("duration \(text(ofLength: report.duration))") }
    if report.billedMs >= 0 { parts.append("billed \(text(ofCount: report.billedMs)) ms") }
    let title = report.isSuppressed ? "init report, inside the invocation" : "init report"
    return parts.isEmpty ? title : title + ": " + parts.joined(separator: ", ")
  }

  private func suffix(_ text: String) -> String { text.isEmpty ? "" : " (\(text))" }
}
