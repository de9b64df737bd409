/// One run of an environment's init, from its first part to the end of the last, and what became of it.
struct InitRun {
  var begin: Timestamp
  var end: Timestamp
  /// It has failed: a part of it was reported to, or a report says so.
  var isBad = false
  var isTimeout = false
  var errorType = Name.none
  /// All external extensions have registered: what follows is the runtime's.
  private var hasRegistered = false
  /// The part that began last has ended well, and it was the runtime's.
  private var runtimeIsReady = false
  /// Extensions that were started in it and of which nobody said that they asked for their first event.
  private(set) var waiting: [Name] = []

  init(_ row: SpanRow) {
    begin = row.start
    end = row.end
    add(row)
  }

  mutating func add(_ row: SpanRow) {
    end = max(end, row.end)
    guard row.extensionName == .none else {
      // Init goes on until each of them is ready: one that never was, was closed with it.
      if row.outcome == .none { waiting.append(row.extensionName) }
      return
    }
    if row.phase == .extensionInit {
      hasRegistered = hasRegistered || row.outcome == .success
    } else {
      runtimeIsReady = row.outcome == .success
    }
    guard row.outcome.isBad else { return }
    isBad = true
    isTimeout = isTimeout || row.outcome == .timeout
    errorType = row.errorType
  }

  /// A failure that no part of it shows, but the report on all of it: the parts were over, and extensions
  /// were waited for.
  mutating func learn(from track: borrowing EnvironmentTrack) {
    guard !isBad, !waiting.isEmpty else { return }
    let reports = track.initReports
    var place = reports.partitionPoint { $0.time < begin }
    while place < reports.count, reports[place].time <= end {
      let report = reports[place].report
      place += 1
      guard report.outcome.isBad else { continue }
      isBad = true
      isTimeout = report.outcome == .timeout
      errorType = report.errorType
    }
  }

  /// Of the extensions that were waited for until it failed, those that had not registered, or had not asked for their first
  /// event; none where something else may have held it up too.
  func culprits(in track: borrowing EnvironmentTrack) -> (kind: Culprit, names: [Name])? {
    guard isBad, isTimeout, !waiting.isEmpty, !hasRegistered || runtimeIsReady else { return nil }
    var states: [Name: [ExtensionState]] = [:]
    for entry in track.extensionStates(from: begin, to: end) {
      states[entry.name, default: []].append(entry.state)
    }
    let names = waiting.filter { name in
      guard let told = states[name], !told.contains(.ready) else { return false }
      return told.contains(.registered) == hasRegistered
    }
    return names.isEmpty ? nil : (hasRegistered ? .unready : .unregistered, names)
  }

  enum Culprit {
    case unregistered, unready

    func kind(_ name: Name) -> Finding.Kind {
      switch self {
      case .unregistered: .unregisteredExtension(name)
      case .unready: .unreadyExtension(name)
      }
    }
  }
}

/// An init that failed, with its second run if that failed too: what one caller paid for in vain.
struct FailedInit {
  var begin: Timestamp
  var end: Timestamp
  /// Of all its runs together.
  var length: Nanoseconds
  var runs = 1
  var errorType: Name
  /// The extension that was the cause; `.none` where none was, or several.
  var extensionName = Name.none
  var culprits: (kind: InitRun.Culprit, names: [Name])?

  init(_ run: InitRun, _ track: borrowing EnvironmentTrack) {
    begin = run.begin
    end = run.end
    length = run.end &- run.begin
    errorType = run.errorType
    culprits = run.culprits(in: track)
    if let culprits {
      extensionName = culprits.names.count == 1 ? culprits.names[0] : .none
    } else if let failed = track.failedExtension(from: run.begin, to: run.end) {
      extensionName = failed.name
    }
  }

  /// The same has happened again before the request had its invocation.
  /// - Returns: false if it was something else.
  mutating func add(_ other: FailedInit) -> Bool {
    guard other.errorType == errorType, other.extensionName == extensionName,
      other.culprits?.kind == culprits?.kind
    else { return false }
    end = other.end
    length += other.length
    runs += other.runs
    return true
  }
}
