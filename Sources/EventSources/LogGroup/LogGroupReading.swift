internal import LambdaEventFormats
internal import LambdaLifecycle

/// Reads a stretch of many log groups to its end, a few at a time, line by line.
final class LogGroupReading: Sendable {
  /// FilterLogEvents may be called a few times a second in an account.
  private static let atOnce = 4

  let errand = ErrandProgress()

  /// - Parameter groups: each with the number that its source has.
  /// - Throws: `SourceError.noAWS`.
  init(
    _ groups: [(group: LogGroup, source: Int)], _ stretch: Range<Timestamp>, into inbox: Inbox
  ) throws(SourceError) {
    try AWSCommand.check()
    let errand = errand
    Task.detached {
      _ = try? await each(groups, atOnce: Self.atOnce) { group, source in
        await Self.read(group, stretch, source, errand, inbox)
      }
    }
  }

  private static func read(
    _ group: LogGroup, _ stretch: Range<Timestamp>, _ source: Int, _ errand: ErrandProgress, _ inbox: Inbox
  ) async {
    let words = group.arguments(from: stretch.lowerBound, until: stretch.upperBound)
    do {
      let bytes = try await AWSQuestion(words: words, errand: errand).answer()
      // A group in which nothing has happened has nothing to be understood.
      if !LogEventsAnswer.isEmpty(bytes) {
        inbox.put(
          .chunk(Chunk(source: source, stream: .data, arrival: currentTime(), bytes: bytes + [0x0A])))
      }
    } catch {
      inbox.put(.failed(source: source, message: "\(group.name): \(error)"))
    }
    inbox.put(.ended(source: source))
  }
}
