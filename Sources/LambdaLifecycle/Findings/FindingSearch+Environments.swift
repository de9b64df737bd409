// Resets, shutdowns and marks of an environment, and an emulator that crashed.

extension FindingSearch {
  /// Resets, extensions that were killed, an emulator that crashed.
  mutating func look(at track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline) {
    var reset: Reset?
    let crash = track.goneReason == .emulatorFailure && track.gone >= begin ? track.gone : .never
    if crash != .never {
      crashes.insert(crash)
      add(.emulatorFailure(track.goneDetail), nil, in: track.id, crash, crash)
    }
    lookAtInits(of: track, timeline, crash: crash)
    lookAtExtensions(of: track)
    for place in track.rows.indices {
      let row = track.rows[place]
      guard row.end != .never, row.start >= begin else { continue }
      if row.extensionName != .none {
        if row.phase.isShutdown, row.outcome == .killed {
          add(.killedExtension(row.extensionName), row.end &- row.start, in: track.id, row.start, row.end)
        }
        continue
      }
      if row.phase.isShutdown {
        lookAtKilled(place, since: reset?.begin ?? row.start, track)
        if reset != nil { reset?.isTold = true }
        continue
      }
      if row.phase == .invoke, let known = reset {
        add(known, in: track.id)
        reset = nil
      }
      if reset != nil, row.phase.isInitOrRestore { reset?.add(row) }
      guard row.outcome.isBad, row.end != crash else { continue }
      if row.phase == .invoke {
        if row.outcome == .timeout, row.request >= 0 { timedOut[row.request] = row.end &- row.start }
        // A Managed Instance goes on after a failure (Managed Instances pages).
        if !track.runsConcurrently { reset = Reset(begin: row.start, end: row.end) }
      }
    }
    if let known = reset, track.gone == .never, known.isTold || track.source.tellsRest {
      add(known, in: track.id)
    }
  }

  /// An environment's processes that are ended after a failed invocation, and begin anew.
  private struct Reset {
    /// Of the invocation.
    var begin: Timestamp
    var end: Timestamp
    /// It was itself reported, rather than the init that followed alone.
    var isTold = false
    /// How long the inits took that the next request waits for; nil without one.
    var paid: Nanoseconds?

    mutating func add(_ row: SpanRow) {
      paid = (paid ?? 0) &+ (row.end &- row.start)
      end = row.end
    }
  }

  private mutating func add(_ reset: Reset, in environment: EnvironmentID) {
    add(.reset, reset.paid, in: environment, reset.begin, reset.end)
  }

  /// Looks for spans that had not ended when a shutdown's time was over, whatever the shutdown's own outcome:
  /// that of a reset is its reason.
  private mutating func lookAtKilled(
    _ place: Int, since begin: Timestamp, _ track: borrowing EnvironmentTrack
  ) {
    let row = track.rows[place]
    if row.phase == .runtimeShutdown {
      if row.outcome == .killed { add(.killedRuntime, row.end &- row.start, in: track.id, begin, row.end) }
      return
    }
    // Those with a span of their own have been counted by it.
    let known = killedNames(track, row)
    let failures = track.failures(ofShutdown: place)
    for failure in failures where !failure.isKilled {
      add(.failedExtension(failure.name, .shutdownFailed), nil, in: track.id, failure.time, failure.time)
    }
    let told = failures.filter(\.isKilled).map(\.name)
    for name in told where !known.contains(name) {
      add(.killedExtension(name), row.end &- row.start, in: track.id, begin, row.end)
    }
    if row.outcome == .killed, known.isEmpty, told.isEmpty {
      add(.killedExtension(.none), row.end &- row.start, in: track.id, begin, row.end)
    }
  }

  /// The names of its extensions that were killed, where their spans show it.
  private func killedNames(_ track: borrowing EnvironmentTrack, _ shutdown: SpanRow) -> [Name] {
    var names: [Name] = []
    var index = track.rowCount(upTo: shutdown.end) - 1
    while index >= 0, track.rows[index].start >= shutdown.start {
      let row = track.rows[index]
      if row.extensionName != .none, row.outcome == .killed { names.append(row.extensionName) }
      index -= 1
    }
    return names
  }

  /// The mark within an init that took longest; those in it are its own.
  mutating func lookAtMarks(of track: borrowing EnvironmentTrack) {
    for index in track.marks.indices {
      let mark = track.markSpan(index)
      guard let end = mark.end, mark.start >= begin, !mark.isMoment, mark.phase?.isInit == true,
        end &- mark.start >= Self.leastMark
      else { continue }
      add(.slowMark(mark.name), end &- mark.start, in: track.id, mark.start, end)
    }
  }

  private static let leastMark = Nanoseconds.milliseconds(50)
}
