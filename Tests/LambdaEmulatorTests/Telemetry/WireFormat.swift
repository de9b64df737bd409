import LambdaEventFormats

/// The members that the events of the Telemetry API have (telemetry-schema-reference page).
struct WireFormat {
  private struct Shape {
    var required: Set<String>
    var optional: Set<String> = []
  }

  private static let records: [String: Shape] = [
    "platform.initStart": Shape(
      required: ["functionName", "functionVersion", "initializationType", "phase"],
      optional: ["instanceId", "instanceMaxMemory", "runtimeVersion", "runtimeVersionArn"]),
    "platform.initRuntimeDone": Shape(
      required: ["initializationType", "phase", "status"], optional: ["spans", "errorType"]),
    "platform.initReport": Shape(
      required: ["initializationType", "phase", "status", "metrics"], optional: ["spans", "errorType"]),
    "platform.start": Shape(required: ["requestId"], optional: ["version", "tracing"]),
    "platform.runtimeDone": Shape(
      required: ["requestId", "status"], optional: ["errorType", "metrics", "spans", "tracing"]),
    "platform.report": Shape(
      required: ["requestId", "status", "metrics"], optional: ["errorType", "spans", "tracing"]),
    "platform.extension": Shape(required: ["events", "name", "state"], optional: ["errorType"]),
    "platform.telemetrySubscription": Shape(required: ["name", "state", "types"]),
    "platform.logsDropped": Shape(required: ["droppedBytes", "droppedRecords", "reason"]),
  ]

  private static let metrics: [String: Shape] = [
    "platform.initReport": Shape(required: ["durationMs"]),
    "platform.runtimeDone": Shape(required: ["durationMs"], optional: ["producedBytes"]),
    "platform.report": Shape(
      required: ["billedDurationMs", "durationMs", "memorySizeMB"],
      optional: ["initDurationMs", "maxMemoryUsedMB", "restoreDurationMs"]),
  ]

  private static let phases = ["init", "invoke", "snap-start"]
  private static let statuses = ["success", "failure", "error", "timeout"]
  private static let types = ["on-demand", "provisioned-concurrency"]
  private static let spans: [String: Set<String>] = [
    "platform.runtimeDone": ["responseLatency", "responseDuration", "runtimeOverhead"],
    "platform.report": ["extensionOverhead"],
  ]

  private(set) var flaws: [String] = []

  init(_ events: [JSONValue]) {
    for event in events { check(event) }
  }

  private mutating func check(_ event: JSONValue) {
    let type = event["type"]?.string ?? ""
    check(event, Shape(required: ["time", "type", "record"]), "\(type)")
    checkTime(event["time"], type)
    guard let record = event["record"] else { return }
    if type == "function" || type == "extension" {
      if record.string?.hasSuffix("\n") != true { flaws.append("\(type): \(record)") }
      return
    }
    guard let shape = Self.records[type] else { return flaws.append("unknown type \(type)") }
    check(record, shape, type)
    if let metrics = record["metrics"], let shape = Self.metrics[type] {
      check(metrics, shape, "\(type) metrics")
      for name in metrics.members {
        checkNumber(
          metrics[name], "\(type) \(name)",
          isWhole: !name.hasSuffix("urationMs") || name == "billedDurationMs")
      }
    }
    for span in record["spans"]?.elements ?? [] {
      check(span, Shape(required: ["name", "start", "durationMs"]), "\(type) span")
      checkTime(span["start"], "\(type) span")
      checkNumber(span["durationMs"], "\(type) span", isWhole: false)
      if Self.spans[type]?.contains(span["name"]?.string ?? "") != true { flaws.append("\(type): \(span)") }
    }
    if let tracing = record["tracing"] {
      check(tracing, Shape(required: ["type", "value"], optional: ["spanId"]), "\(type) tracing")
      if tracing["type"]?.string != "X-Amzn-Trace-Id" { flaws.append("\(type): \(tracing)") }
    }
    for (member, known) in [
      ("phase", Self.phases), ("status", Self.statuses), ("initializationType", Self.types),
    ] {
      guard let value = record[member] else { continue }
      if !known.contains(value.string ?? "") { flaws.append("\(type): \(member) \(value)") }
    }
  }

  private mutating func check(_ value: JSONValue, _ shape: Shape, _ place: String) {
    let members = Set(value.members)
    let missing = shape.required.subtracting(members)
    let strange = members.subtracting(shape.required).subtracting(shape.optional)
    if !missing.isEmpty { flaws.append("\(place): without \(missing.sorted())") }
    if !strange.isEmpty { flaws.append("\(place): \(strange.sorted()), which nobody knows") }
  }

  /// Milliseconds, and Z.
  private mutating func checkTime(_ value: JSONValue?, _ place: String) {
    let text = value?.string ?? ""
    let isTime = text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#) != nil
    if !isTime { flaws.append("\(place): time \(text)") }
  }

  private mutating func checkNumber(_ value: JSONValue?, _ place: String, isWhole: Bool) {
    guard case .number(let text) = value else {
      return flaws.append("\(place): \(String(describing: value))")
    }
    if text.contains(".") == isWhole || text.hasPrefix("-") { flaws.append("\(place): \(text)") }
  }
}
