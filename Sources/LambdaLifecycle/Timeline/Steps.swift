extension Timeline {
  /// The first moment after `time` at which a span begins or ends, a request arrives or is answered badly.
  package func edge(after time: Timestamp) -> Timestamp? {
    var best = Timestamp.never
    forEachColumn { edges in
      let index = edges.count(upTo: time)
      if index < edges.count { best = min(best, edges.times[index]) }
    }
    return best == .never ? nil : best
  }

  /// The last such moment before `time`.
  package func edge(before time: Timestamp) -> Timestamp? {
    var best = Timestamp.min
    forEachColumn { edges in
      let index = edges.count(upTo: time &- 1)
      if index > 0 { best = max(best, edges.times[index - 1]) }
    }
    return best == .min ? nil : best
  }

  private func forEachColumn(_ body: (borrowing Edges) -> Void) {
    body(arrivals)
    for track in tracks {
      for lane in track.lanes {
        body(lane.starts)
        body(lane.ends)
      }
    }
  }
}

extension EnvironmentTrack {
  /// The first phase, not of a single extension, that begins after `time`.
  package func phaseBegin(after time: Timestamp) -> (time: Timestamp, phase: Phase)? {
    phase(rows[rowCount(upTo: time)...].first { $0.extensionName == .none })
  }

  /// The last that begins before `time`.
  package func phaseBegin(before time: Timestamp) -> (time: Timestamp, phase: Phase)? {
    phase(rows[..<rowCount(upTo: time &- 1)].last { $0.extensionName == .none })
  }

  private func phase(_ row: SpanRow?) -> (time: Timestamp, phase: Phase)? { row.map { ($0.start, $0.phase) } }
}
