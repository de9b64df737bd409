import LambdaLifecycle

/// One of each kind with every field set, and some with none.
func everyKind(from origin: Timestamp) -> EventLog {
  var log = EventLog()
  let function = log.catalog.name("app.handler")
  let environment = log.catalog.environment(log.catalog.name("2024/05/20/[$LATEST]1"), of: function)
  let error = log.catalog.name("Runtime.ExitError")
  let agent = log.catalog.name("agent \"quoted\"")
  let awkward = Array("a\"b\\c\n\r\t\u{1}\u{7F}ä€😀/".utf8)
  let text = awkward.withUnsafeBytes { log.text.append($0) }
  let report = Report(
    duration: 1_234_567, initDuration: 1, billedMs: 2, memoryMB: 512, maxMemoryUsedMB: 67,
    outcome: .timeout,
    errorType: error)
  let initReport = InitReport(
    initializationType: .provisionedConcurrency, isSuppressed: true, duration: 1_234_567, billedMs: 2,
    memoryMB: 512, outcome: .error, errorType: error)
  let restored = Report(restoreDuration: 1_000, billedRestoreMs: 303, billedMs: 610)
  let full = FunctionDescription(
    runtime: agent, architecture: .arm64, memoryMB: 1, timeout: 2, idleTimeout: 3,
    initializationType: .snapStart,
    reservedConcurrency: 0, provisionedConcurrency: 7)
  let kinds: [LifecycleEvent.Kind] =
    [
      .functionDescribed(full), .report(restored), .initReport(initReport), .initReport(InitReport()),
      .requestDropped(reason: agent), .requestDropped(reason: .none),
      .functionDescribed(FunctionDescription(runtime: agent, memoryMB: 1, timeout: 2, idleTimeout: .never)),
      .functionDescribed(FunctionDescription()), .environmentGone(.emulatorFailure, detail: agent),
      .environmentGone(.spindown, detail: .none), .phaseBegan(.extensionInit, extensionName: agent),
      .thawed,
      .mark(Mark(agent, .begin)), .mark(Mark(agent, .end, isInferred: true)), .mark(Mark(.none, .moment)),
      .payload(Payload(.event, log.text.append(#"{"a": 1}"#), bytes: 8)),
      .payload(Payload(.answer, log.text.append("beginning"), bytes: 20_000)),
      .imported(ImportTime(agent, own: 1_000, total: 2_000, depth: 3)),
      .lineRan(LineTime(agent, line: 6, text: agent, length: 1_000, begin: 2_000)),
      .lineRan(LineTime(agent, line: 0, length: 0)),
      .packageImported(PackageTime(agent, line: 6, name: agent, importer: agent, length: 1_000)),
      .packageImported(PackageTime(agent, line: 6, name: .none, count: 3, length: 0)),
      .moduleImported(
        ModuleTime(
          agent, length: 1_000, process: 1, client: 2, compiledFiles: 3, compiling: 4, measuring: 5)),
      .moduleImported(ModuleTime(agent, length: 0)),
      .extensionState(name: agent, .exitError, errorType: error), .requestArrived, .requestAssigned,
      .requestThrottled(reason: agent), .requestThrottled(reason: .none), .report(report),
      .report(Report()),
      .output(.function, text), .output(.extension, text), .output(.emulator, text),
      .settingChanged(.idleTimeout, 10_000_000_001), .settingChanged(.idleTimeout, .min), .marker(agent),
      .marker(.none), .forked(at: origin - 1), .dropped(count: .max, reason: agent),
      .dropped(count: 0, reason: .none),
      .undecodable(reason: agent, text),
    ] + InitializationType.allCases.map { .environmentCreated($0) }
    + InitializationType.allCases.map { .initReport(InitReport(initializationType: $0)) }
    + Architecture.allCases.map { .functionDescribed(FunctionDescription(architecture: $0)) }
    + Phase.allCases.map { .phaseBegan($0) }
    + Phase.allCases.map {
      .phaseEnded(PhaseEnd($0, outcome: .killed, errorType: error, extensionName: agent, duration: 0))
    }
    + Outcome.allCases.flatMap {
      [
        .runtimeDone($0, errorType: error), .requestAnswered($0, errorType: .none),
        .phaseEnded(PhaseEnd(.invoke, outcome: $0)),
      ]
    }
    + ExtensionState.allCases.map { .extensionState(name: agent, $0, errorType: .none) }
  let requests = [
    RequestID.none, log.catalog.request("459921b5-681c-4a96-beb0-81e0aa586026"),
    log.catalog.request("not a UUID"),
    RequestID(high: 0, low: 7),
  ]
  for (index, kind) in kinds.enumerated() {
    let time = origin + Int64(index - 3) * 1_000_000_007
    log.append(
      LifecycleEvent(
        time: time, arrival: index % 2 == 0 ? time : time + 5, function: index % 5 == 0 ? .none : function,
        environment: index % 5 < 2 ? .none : environment, request: requests[index % requests.count],
        kind: kind))
  }
  return log
}
