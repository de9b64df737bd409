import LambdaLifecycle

/// A simulated session, written as Lambda writes it to CloudWatch in text format.
struct SimulatedLog {
  /// The form in which failures are logged.
  enum Style: CaseIterable {
    /// Lines of their own behind REPORT, as until 2022.
    case of2021
    /// The same lines before END.
    case of2022
    /// Status and error type in REPORT.
    case ofToday
  }

  struct Line {
    var time: Timestamp
    var stream: String
    /// Of one message, in order.
    var text: [String]
  }

  private(set) var lines: [Line] = []
  private let style: Style
  private let log: EventLog
  /// The facts of each environment and request until it is printed.
  private var initBegan: Set<EnvironmentID> = []
  private var starts: [EnvironmentID: Timestamp] = [:]
  private var handlerErrors: Set<RequestID> = []

  init(_ log: EventLog, _ style: Style) {
    self.log = log
    self.style = style
    for event in log.events { print(event) }
  }

  private mutating func print(_ event: LifecycleEvent) {
    switch event.kind {
    case .phaseBegan(let phase, .none) where phase.isInit && initBegan.insert(event.environment).inserted:
      add(
        event,
        "INIT_START Runtime Version: python:3.13.v60\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:aa"
      )
    case .initReport(let report) where report.outcome.isBad: add(event, text(report))
    case .phaseBegan(.invoke, _): starts[event.environment] = event.time
    case .requestAnswered(.error, _) where starts[event.environment] != nil:
      handlerErrors.insert(event.request)
    case .report(let report): print(report, event)
    default: break
    }
  }

  private func text(_ report: InitReport) -> String {
    let status =
      report.outcome == .timeout ? "timeout" : "error\tError Type: \(log.catalog.text(report.errorType))"
    return
      "INIT_REPORT Init Duration: \(decimal(report.duration)) ms\tPhase: \(report.isSuppressed ? "invoke" : "init")\tStatus: \(status)"
  }

  private mutating func print(_ report: Report, _ event: LifecycleEvent) {
    guard let start = starts.removeValue(forKey: event.environment) else { return }
    let id = log.catalog.text(event.request)
    var begun = event
    begun.time = start
    add(begun, "START RequestId: \(id) Version: $LATEST")
    add(event, "working")
    if handlerErrors.contains(event.request), !report.outcome.isBad {
      add(
        event, "[ERROR] ValueError: no such order", "Traceback (most recent call last):",
        "\u{A0}\u{A0}File \"/var/task/app.py\", line 9, in handler")
    }
    let failure = report.outcome.isBad ? fault(report, id, event.time) : nil
    if style == .of2022, let failure { add(event, failure) }
    add(event, "END RequestId: \(id)")
    add(event, reportLine(report, id))
    if style == .of2021, let failure { add(event, failure) }
  }

  private func fault(_ report: Report, _ id: String, _ time: Timestamp) -> [String] {
    if report.outcome == .timeout {
      return [
        "\(Self.iso(time, digits: 3))Z \(id) Task timed out after \(decimal(report.duration / 1_000)) seconds",
        "",
      ]
    }
    let isMemory = report.errorType == ErrorType.runtimeOutOfMemory.name
    let words = isMemory ? "signal: killed" : "exit status 1"
    let type = isMemory ? "Runtime.ExitError" : log.catalog.text(report.errorType)
    return ["RequestId: \(id) Error: Runtime exited with error: \(words)", type]
  }

  private func reportLine(_ report: Report, _ id: String) -> String {
    let isMemory = report.errorType == ErrorType.runtimeOutOfMemory.name
    var line =
      "REPORT RequestId: \(id)\tDuration: \(decimal(report.duration)) ms\tBilled Duration: \(report.billedMs) ms\tMemory Size: 512 MB\tMax Memory Used: \(isMemory ? 512 : 64) MB\t"
    if report.initDuration >= 0 { line += "Init Duration: \(decimal(report.initDuration)) ms\t" }
    guard style == .ofToday, report.outcome.isBad else { return line }
    let type = report.outcome == .timeout ? "" : "\tError Type: \(log.catalog.text(report.errorType))"
    return line + "Status: \(report.outcome == .timeout ? "timeout" : "error")\(type)"
  }

  private mutating func add(_ event: LifecycleEvent, _ text: String...) { add(event, text) }

  private mutating func add(_ event: LifecycleEvent, _ text: [String]) {
    let number = "\(event.environment.rawValue)"
    let stream = "2026/03/02/[$LATEST]" + String(repeating: "0", count: 32 - number.count) + number
    lines.append(Line(time: event.time, stream: stream, text: text))
  }

  /// Milliseconds with two decimals, cut.
  private func decimal(_ length: Nanoseconds) -> String {
    let hundredths = length / 10_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  /// `2026-03-02T08:00:00.480`, rounded down.
  static func iso(_ time: Timestamp, digits: Int) -> String {
    let text = CalendarText.text(time)
    return digits == 0 ? String(text.prefix(19)) : String(text.prefix(20 + digits))
  }
}

/// UTC with nine decimals.
private enum CalendarText {
  static func text(_ time: Timestamp) -> String {
    let (seconds, fraction) = (time / 1_000_000_000, time % 1_000_000_000)
    let (days, second) = (seconds / 86_400, seconds % 86_400)
    // Days from civil, Howard Hinnant.
    let z = days + 719_468
    let era = z / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let day = doy - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    let year = yoe + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ value: Int64, _ count: Int) -> String {
      String(repeating: "0", count: max(0, count - "\(value)".count)) + "\(value)"
    }
    return
      "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2)).\(padded(fraction, 9))"
  }
}
