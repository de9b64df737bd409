internal import LambdaLifecycle

/// The keys of one line of a recording, header or event, in any order; a key that the line lacks is absent,
/// or nil. Keys that are not known are ignored, and so is a value of an unexpected kind.
struct RecordingLine {
  var format: JSONString = .absent
  var version: Int64 = -1
  var originText: JSONString = .absent
  var source: JSONString = .absent
  var kind: JSONString = .absent

  var event: JSONString = .absent
  var time: Int64?
  var arrival: Int64?
  var environment: JSONString = .absent
  var function: JSONString = .absent
  var request: JSONString = .absent

  var phase: JSONString = .absent
  var outcome: JSONString = .absent
  var errorType: JSONString = .absent
  var extensionName: JSONString = .absent
  var duration: Nanoseconds?
  var text: JSONString = .absent
  var reason: JSONString = .absent
  var detail: JSONString = .absent
  var state: JSONString = .absent
  var initializationType: JSONString = .absent
  var runtime: JSONString = .absent
  var setting: JSONString = .absent
  var architecture: JSONString = .absent
  var name: JSONString = .absent
  var edge: JSONString = .absent
  var side: JSONString = .absent
  var file: JSONString = .absent
  var importer: JSONString = .absent

  var memoryMB: Int64?
  var maxMemoryUsedMB: Int64?
  var billedMs: Int64?
  var count: Int64?
  var initDuration: Nanoseconds?
  var restoreDuration: Nanoseconds?
  var ownDuration: Nanoseconds?
  var depth: Int64?
  var isInferred = false
  var bytes: Int64?
  var billedRestoreMs: Int64?
  var timeout: Nanoseconds?
  var idleTimeout: Nanoseconds?
  var reservedConcurrency: Int64?
  var provisionedConcurrency: Int64?
  var value: Nanoseconds?
  var at: Int64?
  var line: Int64?
  var processDuration: Nanoseconds?
  var clientDuration: Nanoseconds?
  var compiledFiles: Int64?
  var compileDuration: Nanoseconds?
  var hookDuration: Nanoseconds?
  /// Of a header: from when on figures count, and how long the session goes on. Of a statement: when it began, since its
  /// process did.
  var begin: Int64?
  var end: Int64?

  init(_ scanner: inout JSONScanner) {
    scanner.object { scanner, key in
      // The frequent ones first.
      if scanner.matches(key, "time") {
        time = scanner.numberIfPresent(scale: 9)
      } else if scanner.matches(key, "event") {
        event = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "environment") {
        environment = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "function") {
        function = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "requestId") {
        request = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "phase") {
        phase = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "outcome") {
        outcome = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "duration") {
        duration = scanner.numberIfPresent(scale: 9)
      } else if scanner.matches(key, "arrival") {
        arrival = scanner.numberIfPresent(scale: 9)
      } else {
        readText(&scanner, key)
      }
    }
  }

  private mutating func readText(_ scanner: inout JSONScanner, _ key: JSONString) {
    if scanner.matches(key, "errorType") {
      errorType = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "extension") {
      extensionName = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "text") {
      text = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "reason") {
      reason = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "detail") {
      detail = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "state") {
      state = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "initializationType") {
      initializationType = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "runtime") {
      runtime = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "setting") {
      setting = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "architecture") {
      architecture = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "name") {
      name = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "side") {
      side = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "edge") {
      edge = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "file") {
      file = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "importer") {
      importer = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "format") {
      format = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "source") {
      source = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "kind") {
      kind = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "origin") {
      originText = scanner.stringIfPresent() ?? .absent
    } else {
      readNumber(&scanner, key)
    }
  }

  private mutating func readNumber(_ scanner: inout JSONScanner, _ key: JSONString) {
    if scanner.matches(key, "begin") {
      begin = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "end") {
      end = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "memoryMB") {
      memoryMB = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "maxMemoryUsedMB") {
      maxMemoryUsedMB = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "billedMs") {
      billedMs = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "count") {
      count = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "version") {
      version = scanner.numberIfPresent(scale: 0) ?? .max
    } else if scanner.matches(key, "initDuration") {
      initDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "restoreDuration") {
      restoreDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "ownDuration") {
      ownDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "isInferred") {
      isInferred = scanner.peek == UInt8(ascii: "t")
      scanner.skipValue()
    } else if scanner.matches(key, "bytes") {
      bytes = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "depth") {
      depth = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "line") {
      line = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "processDuration") {
      processDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "clientDuration") {
      clientDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "compiledFiles") {
      compiledFiles = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "compileDuration") {
      compileDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "hookDuration") {
      hookDuration = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "billedRestoreMs") {
      billedRestoreMs = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "timeout") {
      timeout = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "idleTimeout") {
      idleTimeout = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "reservedConcurrency") {
      reservedConcurrency = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "provisionedConcurrency") {
      provisionedConcurrency = scanner.numberIfPresent(scale: 0)
    } else if scanner.matches(key, "value") {
      value = scanner.numberIfPresent(scale: 9)
    } else if scanner.matches(key, "at") {
      at = scanner.numberIfPresent(scale: 9)
    } else {
      scanner.skipValue()
    }
  }
}
