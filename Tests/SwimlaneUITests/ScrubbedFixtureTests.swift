import Foundation
import LambdaEventFormats
import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// Every fixture and every recording that comes with the program, looked at at moments all over it.
@Suite("Scrubbing real sessions")
struct ScrubbedFixtureTests {
  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  static let files: [String] = {
    let folders = ["rie", "telemetry", "emulators", "CloudWatch"].map {
      "Tests/LambdaEventFormatsTests/Fixtures/\($0)"
    }
    return (folders + ["demos"]).flatMap { folder in
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []
      return names.filter { name in
        // A file captured with arrivals, or as bodies of posts, is no stream.
        [".log", ".jsonl", ".json", ".txt"].contains { name.hasSuffix($0) } && !name.contains(".timed.")
          && !name.contains("batches")
      }.map { "\(folder)/\($0)" }
    }.sorted()
  }()

  private func session(_ file: String) throws -> Session {
    let bytes = try Data(contentsOf: Self.root.appendingPathComponent(file))
    var session = Session(reading: .native, live: false, start: 0)
    var reader = StreamReader(format: nil)
    bytes.withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &session.log) }
    reader.finish(into: &session.log)
    _ = session.fold()
    session.endInput()
    try #require(!session.timeline.isEmpty, "\(file)")
    return session
  }

  @Test func thereAreMany() { #expect(Self.files.count >= 30) }

  @Test("the lanes at a moment are the spans up to it", arguments: files)
  func lanes(file: String) throws {
    let session = try session(file)
    let timeline = session.timeline
    let length = timeline.last - timeline.first
    let seed = UInt64(file.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF)
    let painter = BarPainter(glyphs: .unicode, hasColor: true)
    for place in 0..<20 {
      let random = Int64(draw(seed: seed, .test, UInt64(place)) % UInt64(length + 1))
      let limit = timeline.first + random
      for perCell in [.milliseconds(1), max(1, length / 90)] as [Nanoseconds] {
        let viewport = Viewport(left: limit - perCell * 80, perCell: perCell, columns: 92)
        LaneCheck.expectPainted(timeline, viewport, limit: limit, painter)
      }
    }
  }

  /// The rows of the environments, by somebody who has not looked before.
  private func picture(_ session: Session) -> [Substring] {
    var show = Show(session, fitsAll: true)
    return Array(show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)[3..<30])
  }

  @Test("backwards and forwards again: the same pictures", arguments: files)
  func thereAndBack(file: String) throws {
    var session = try session(file)
    let step = max(1, (session.timeline.last - session.timeline.first) / 17)
    session.seek(to: session.timeline.first)
    session.togglePause()
    var seen: [(time: Timestamp, picture: [Substring])] = []
    for _ in 0..<16 {
      seen.append((session.playhead.time, picture(session)))
      session.tick(elapsed: step, clock: 0)
    }
    session.reverse()
    for (time, expected) in seen.reversed() {
      session.tick(elapsed: step, clock: 0)
      #expect(session.playhead.time == time)
      #expect(picture(session) == expected, "back at \(time - session.timeline.first)")
    }
    session.reverse()
    for (time, expected) in seen.dropFirst() {
      session.tick(elapsed: step, clock: 0)
      #expect(session.playhead.time == time)
      #expect(picture(session) == expected, "again at \(time - session.timeline.first)")
    }
  }
}
