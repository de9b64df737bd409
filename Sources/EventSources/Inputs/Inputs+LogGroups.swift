internal import LambdaEventFormats
package import LambdaLifecycle

// Log groups of CloudWatch among the inputs.

extension Inputs {
  /// Asks a log group of CloudWatch for its events until the end, with the user's own `aws`.
  /// - Parameter start: the moment of the oldest that are wanted.
  /// - Throws: `SourceError`.
  package func watch(_ group: LogGroup, from start: Timestamp, in log: inout EventLog) throws(SourceError) {
    let number = inputs.count
    let source = try LogGroupSource(group, from: start, source: number, into: inbox)
    _ = addInput(group.name, tellsArrival: true, format: .cloudWatch, function: group.function, in: &log)
    logGroups.append(source)
  }

  /// Reads the events of log groups within a stretch, and ends.
  /// - Throws: `SourceError`.
  package func read(
    _ groups: [LogGroup], _ stretch: Range<Timestamp>, in log: inout EventLog
  ) throws(SourceError) {
    var numbered: [(group: LogGroup, source: Int)] = []
    for group in groups { numbered.append((group, addInput(of: group, isOpen: true, in: &log))) }
    if !numbered.isEmpty { logGroupReading = try LogGroupReading(numbered, stretch, into: inbox) }
  }

  /// Takes in lines of a log group that somebody else has fetched, all of them.
  package func take(_ bytes: [UInt8], of group: LogGroup, in log: inout EventLog) {
    let number = addInput(of: group, isOpen: false, in: &log)
    decodeAll(Chunk(source: number, stream: .data, arrival: 0, bytes: bytes), into: &log)
  }

  private func addInput(of group: LogGroup, isOpen: Bool, in log: inout EventLog) -> Int {
    addInput(
      group.name, tellsArrival: false, isOpen: isOpen, format: .cloudWatch, function: group.function,
      mayBeSilent: true, in: &log)
  }

  /// The obstacles in the way of log groups that are read, each sentence once.
  package func takeSentences() -> [String] { logGroupReading?.errand.takeSentences() ?? [] }

  package var readsLogGroups: Bool { logGroupReading != nil }

  /// The number of inputs that have been read to their ends.
  package var endedCount: Int { inputs.count { $0.status.state.isOver } }
}
