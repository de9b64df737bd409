internal import LambdaLifecycle

extension RecordingDecoder {
  /// Reads the kind of a line's event.
  mutating func readKind(
    _ line: RecordingLine, in scanner: JSONScanner, into log: inout EventLog
  ) -> Result<LifecycleEvent.Kind, RecordingProblem> {
    guard let event = words.events.value(scanner.raw(line.event)) else {
      return .failure(RecordingProblem(reason: "an event of an unknown kind"))
    }
    guard lengthsAreReasonable(line) else {
      return .failure(RecordingProblem(reason: "\(event.rawValue) with a length outside 0 to 31 years"))
    }
    guard let kind = kind(of: event, line, in: scanner, into: &log) else {
      return .failure(RecordingProblem(reason: "\(event.rawValue) with a field missing or not known"))
    }
    return .success(kind)
  }

  private func lengthsAreReasonable(_ line: RecordingLine) -> Bool {
    // These are added to times; a timeout may be "never".
    [
      line.duration, line.initDuration, line.restoreDuration, line.ownDuration, line.processDuration,
      line.clientDuration, line.compileDuration, line.hookDuration,
    ].allSatisfy {
      CalendarDate.lengths.contains($0 ?? 0)
    }
  }

  private mutating func kind(
    of event: EventName, _ line: RecordingLine, in scanner: JSONScanner, into log: inout EventLog
  ) -> LifecycleEvent.Kind? {
    let errorType = names.name(line.errorType, in: scanner, of: &log.catalog)
    let outcome = words.outcomes.value(scanner.raw(line.outcome)) ?? .none
    switch event {
    case .phaseBegan:
      return words.phases.value(scanner.raw(line.phase)).map {
        .phaseBegan($0, extensionName: names.name(line.extensionName, in: scanner, of: &log.catalog))
      }
    case .phaseEnded:
      return words.phases.value(scanner.raw(line.phase)).map {
        let name = names.name(line.extensionName, in: scanner, of: &log.catalog)
        return .phaseEnded(
          PhaseEnd(
            $0, outcome: outcome, errorType: errorType, extensionName: name, duration: line.duration ?? -1))
      }
    case .thawed: return .thawed
    case .requestArrived: return .requestArrived
    case .requestAssigned: return .requestAssigned
    case .requestAnswered: return .requestAnswered(outcome, errorType: errorType)
    case .runtimeDone: return .runtimeDone(outcome, errorType: errorType)
    case .report: return .report(report(line, outcome: outcome, errorType: errorType))
    default: return rareKind(of: event, line, errorType: errorType, in: scanner, into: &log)
    }
  }

  private mutating func rareKind(
    of event: EventName, _ line: RecordingLine, errorType: Name, in scanner: JSONScanner,
    into log: inout EventLog
  ) -> LifecycleEvent.Kind? {
    let reason = names.name(line.reason, in: scanner, of: &log.catalog)
    switch event {
    case .functionDescribed:
      let runtime = names.name(line.runtime, in: scanner, of: &log.catalog)
      return .functionDescribed(
        FunctionDescription(
          runtime: runtime, architecture: Architecture(rawValue: scanner.text(line.architecture)),
          memoryMB: RecordingDecoder.small(line.memoryMB), timeout: max(-1, line.timeout ?? -1),
          idleTimeout: max(-1, line.idleTimeout ?? -1),
          initializationType: initializationType(line, in: scanner),
          reservedConcurrency: RecordingDecoder.small(line.reservedConcurrency),
          provisionedConcurrency: RecordingDecoder.small(line.provisionedConcurrency)))
    case .environmentCreated: return .environmentCreated(initializationType(line, in: scanner))
    case .environmentGone:
      let detail = log.catalog.name(scanner.text(line.detail))
      return ShutdownReason(wireName: scanner.text(line.reason)).map { .environmentGone($0, detail: detail) }
    case .extensionState:
      let name = names.name(line.extensionName, in: scanner, of: &log.catalog)
      return ExtensionState(wireName: scanner.text(line.state)).map {
        .extensionState(name: name, $0, errorType: errorType)
      }
    case .requestThrottled: return .requestThrottled(reason: reason)
    case .requestDropped: return .requestDropped(reason: reason)
    case .initReport: return .initReport(initReport(line, errorType: errorType, in: scanner))
    case .output:
      let text = keep(line.text, in: scanner, into: &log)
      return OutputOrigin(wireName: scanner.text(line.originText)).map { .output($0, text) }
    case .payload:
      let side = Payload.Side.allCases.first { $0.wireName == scanner.text(line.side) }
      let text = keep(line.text, in: scanner, into: &log)
      return side.map { .payload(Payload($0, text, bytes: max(Int64(text.length), line.bytes ?? 0))) }
    case .settingChanged:
      guard let setting = Setting(wireName: scanner.text(line.setting)) else { return nil }
      return line.value.map { .settingChanged(setting, $0 / setting.recordedUnit) }
    case .marker: return .marker(log.catalog.name(scanner.text(line.text)))
    case .mark:
      let name = names.name(line.name, in: scanner, of: &log.catalog)
      let edge = Mark.Edge.allCases.first { $0.wireName == scanner.text(line.edge) }
      return edge.map { .mark(Mark(name, $0, isInferred: line.isInferred)) }
    case .imported:
      guard let total = line.duration else { return nil }
      let name = names.name(line.name, in: scanner, of: &log.catalog)
      let depth = RecordingDecoder.small(line.depth)
      return .imported(
        ImportTime(name, own: line.ownDuration ?? total, total: total, depth: max(0, depth)))
    case .lineRan, .packageImported, .moduleImported:
      return codeTime(of: event, line, in: scanner, into: &log)
    case .forked: return absolute(line.at).map { .forked(at: $0) }
    case .dropped: return .dropped(count: max(0, line.count ?? 0), reason: reason)
    case .undecodable:
      return .undecodable(reason: reason, keep(line.text, in: scanner, into: &log))
    default: return nil
    }
  }

  private mutating func codeTime(
    of event: EventName, _ line: RecordingLine, in scanner: JSONScanner, into log: inout EventLog
  ) -> LifecycleEvent.Kind? {
    guard let length = line.duration, !line.file.isEmpty else { return nil }
    let lengths = [
      length, line.processDuration, line.clientDuration, line.compileDuration, line.hookDuration,
    ]
    guard lengths.allSatisfy({ $0 ?? 0 <= InitCode.longest }) else { return nil }
    let file = names.name(line.file, in: scanner, of: &log.catalog)
    if event == .moduleImported {
      return .moduleImported(
        ModuleTime(
          file, length: length, process: line.processDuration ?? -1, client: line.clientDuration ?? -1,
          compiledFiles: max(0, RecordingDecoder.small(line.compiledFiles)),
          compiling: line.compileDuration ?? -1, measuring: line.hookDuration ?? -1))
    }
    guard let number = line.line.flatMap({ Int32(exactly: $0) }), number >= 0 else { return nil }
    if event == .packageImported {
      let count = max(1, RecordingDecoder.small(line.count ?? 1))
      let name = names.name(line.name, in: scanner, of: &log.catalog)
      guard count > 1 || name != .none else { return nil }
      return .packageImported(
        PackageTime(
          file, line: number, name: name, importer: names.name(line.importer, in: scanner, of: &log.catalog),
          count: count, length: length))
    }
    let begin = line.begin ?? -1
    return .lineRan(
      log.statement(
        scanner.text(line.file), line: number, text: scanner.text(line.text), length: length,
        begin: (0...InitCode.longest).contains(begin) ? begin : -1))
  }

  private func report(_ line: RecordingLine, outcome: Outcome, errorType: Name) -> Report {
    Report(
      duration: line.duration ?? -1, initDuration: line.initDuration ?? -1,
      restoreDuration: line.restoreDuration ?? -1,
      billedRestoreMs: RecordingDecoder.small(line.billedRestoreMs),
      billedMs: RecordingDecoder.small(line.billedMs), memoryMB: RecordingDecoder.small(line.memoryMB),
      maxMemoryUsedMB: RecordingDecoder.small(line.maxMemoryUsedMB), outcome: outcome, errorType: errorType)
  }

  private func initReport(_ line: RecordingLine, errorType: Name, in scanner: JSONScanner) -> InitReport {
    InitReport(
      initializationType: initializationType(line, in: scanner),
      isSuppressed: scanner.text(line.phase) == "invoke", duration: line.duration ?? -1,
      billedMs: RecordingDecoder.small(line.billedMs), memoryMB: RecordingDecoder.small(line.memoryMB),
      outcome: Outcome(wireName: scanner.text(line.outcome)) ?? .none, errorType: errorType)
  }

  private func initializationType(_ line: RecordingLine, in scanner: JSONScanner) -> InitializationType {
    InitializationType(wireName: scanner.text(line.initializationType)) ?? .unknown
  }

  /// A number of milliseconds, megabytes or environments; -1 where there is none.
  private static func small(_ value: Int64?) -> Int32 {
    guard let value, value >= 0 else { return -1 }
    return Int32(exactly: value) ?? -1
  }

  private func keep(_ text: JSONString, in scanner: JSONScanner, into log: inout EventLog) -> TextRange {
    guard text.isEscaped else { return log.text.append(scanner.raw(text)) }
    return scanner.unescaped(text).withUnsafeBytes { log.text.append($0) }
  }
}
