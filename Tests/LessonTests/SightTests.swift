import LambdaLifecycle
import Testing

@testable import SwimlaneUI

/// The picture is where the sentence looks: at every step of every lesson, at every size.
@Suite("What a step speaks of is in sight")
struct SightTests {
  private static let sizes = [(60, 16), (80, 24), (100, 30), (120, 40), (200, 60)]

  /// The faults of the picture of the step at which the clock holds.
  private func faults(_ show: inout LessonShow) -> [String] {
    let text = show.screen()
    guard let run = show.session.lesson, let part = run.step.view.part else { return [] }
    var faults: [String] = []
    let viewer = show.viewer
    let time = show.session.playhead.time
    if !show.session.timeline.isEmpty, !viewer.viewport.contains(time) {
      faults.append("now is not in sight")
    }
    if let stretch = viewer.spokenOf(run, show.session.timeline, at: time) {
      // A caller's wait is drawn by itself, wherever it lies.
      let isDrawn = text.contains("─ callers ") && (part == .requests || part == .statistics)
      let isIn = stretch.lowerBound >= viewer.viewport.left && stretch.upperBound <= viewer.viewport.right
      if !isIn, !isDrawn { faults.append("\(part) lies outside the window") }
    }
    switch part {
    case .lane(let phase):
      let lane = viewer.arrangement.list.contains { listed in
        guard case .lane(let lane) = listed.row.content else { return false }
        return lane.parts.contains(.phase(phase))
          && show.session.timeline.tracks[listed.row.track].id == viewer.selected
      }
      // Where functions are compared on a narrow screen, the bars stand for the lanes.
      if show.rows >= 24, viewer.selected != nil, !lane, !viewer.arrangement.lanesGiveWay {
        faults.append("the lane of \(phase) is not listed")
      }
    case .memory where show.columns >= 80: if !text.contains("memory") { faults.append("no memory") }
    case .source where show.columns >= 80:
      if !text.contains("source") && !text.contains("code ") { faults.append("no source") }
    case .memory, .source, .requests, .statistics: break
    }
    return faults
  }

  @Test("at every step, forward", arguments: lessonNames, sizes)
  func forward(name: String, size: (columns: Int, rows: Int)) throws {
    var show = try LessonShow(lesson: name, columns: size.columns, rows: size.rows)
    var step = 0
    repeat {
      show.watch()
      step += 1
      for fault in faults(&show) {
        Issue.record("\(name) at \(size.columns)×\(size.rows), step \(step): \(fault)")
      }
    } while show.goOn() && show.session.lesson?.course != .away
  }

  @Test("back at every step, and after leaving the path", arguments: lessonNames)
  func back(name: String) throws {
    var show = try LessonShow(lesson: name, columns: 80, rows: 24)
    repeat { show.watch() } while show.session.lesson?.isAtEnd == false && show.goOn()
    guard let count = show.session.lesson?.lesson.steps.count, count > 0 else { return }
    for step in (0..<count - 1).reversed() {
      show.session.goBack()
      for fault in faults(&show) { Issue.record("\(name), back at step \(step + 1): \(fault)") }
      let before = show.viewer.viewport
      // Zooming and panning is no step; off the path and back the step's picture is there again.
      show.press(.character("+"))
      show.press(.right)
      _ = show.screen()
      guard step == show.session.lesson?.shown else { continue }
      show.session.goBack()
      _ = show.screen()
      _ = show.session.goOn()
      _ = show.screen()
      #expect(show.viewer.viewport.perCell == before.perCell, "step \(step + 1)")
    }
  }
}
