import LambdaLifecycle
import TestSupport
import Testing

@testable import LanesProgram
@testable import SwimlaneUI

/// Whoever goes to a finding sees it: all of it is in the picture, and its environment is in the list.
@Suite struct FindingSightTests {
  static let recordings = [
    "cold-start-and-reuse.jsonl", "timeout-and-reset.jsonl", "extension-ignores-shutdown.jsonl",
    "burst-with-throttling.jsonl.gz", "day-of-traffic.jsonl.gz", "first-session.jsonl",
  ]

  @Test(arguments: recordings, [(60, 16), (80, 24), (120, 40), (200, 60)])
  func isInSight(name: String, size: (columns: Int, rows: Int)) throws {
    let show = try ProgramShow(
      playing: Repository.path("demos/\(name)"), columns: size.columns, rows: size.rows)
    let findings = show.program.screen.surroundings.findings
    #expect(!findings.isEmpty)
    for (place, finding) in findings.prefix(12).enumerated() {
      for _ in 0..<findings.count { show.press(.up) }
      for _ in 0..<place { show.press(.down) }
      show.press(.enter)
      guard let stretch = finding.stretch else { continue }
      let viewer = show.program.screen.viewer
      #expect(
        viewer.viewport.left <= stretch.lowerBound && viewer.viewport.right >= stretch.upperBound,
        "finding \(place + 1) of \(name)")
      guard show.program.screen.session.timeline.track(finding.environment) != nil else { continue }
      #expect(viewer.selected == finding.environment)
      let listed = viewer.arrangement.list.contains { row in
        show.program.screen.session.timeline.tracks[row.row.track].id == finding.environment
      }
      #expect(listed, "finding \(place + 1) of \(name)")
    }
  }
}
