import LambdaLifecycle
import Testing

@testable import SwimlaneUI

@Suite("Axis")
struct AxisTests {
  private static let start = Show.start

  @Test("ticks are at round moments at every zoom, at least ten columns apart, none before the beginning")
  func round() {
    for perCell in (0..<220).map({ Int64(10_000 * pow(1.12, Double($0))) }) where perCell < .seconds(90_000) {
      let viewport = Viewport(left: Self.start &- 20 &* perCell, perCell: perCell, columns: 120)
      let ticks = viewport.ticks(from: .beginning(Self.start))
      #expect(!ticks.isEmpty, "\(perCell)")
      #expect(ticks.allSatisfy { $0.column >= 20 })
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $1.column - $0.column >= 10 })
      // They are as far apart as a round step is, to the column.
      let distances = zip(ticks, ticks.dropFirst()).map { $1.column - $0.column }
      let isRound = Viewport.tickSteps.contains { step in
        distances.allSatisfy { abs(Int64($0) * perCell - step) <= perCell }
      }
      #expect(isRound, "\(perCell): \(distances)")
    }
  }

  @Test("a day has ticks at whole hours, a week at days")
  func far() {
    let day = Viewport(left: Self.start, perCell: .seconds(948), columns: 92)
    #expect(day.ticks(from: .beginning(Self.start)).map(\.label).prefix(3) == ["0s", "3h00", "6h00"])
    let week = Viewport(left: Self.start, perCell: .seconds(8_000), columns: 92)
    #expect(
      week.ticks(from: .wallClock(beginning: Self.start)).map(\.label).prefix(3) == [
        "Jan 1", "Jan 2", "Jan 3",
      ])
  }

  @Test("clocks on the wall from whole seconds on, round as they are there; lengths below")
  func wall() {
    let begin = Self.start &+ .seconds(50_585) &+ .milliseconds(300)
    let seconds = Viewport(left: begin, perCell: .milliseconds(100), columns: 40)
    #expect(
      seconds.ticks(from: .wallClock(beginning: begin)).map(\.label) == [
        "14:03:06", "14:03:07", "14:03:08", "14:03:09",
      ])
    let minutes = Viewport(left: begin, perCell: .seconds(10), columns: 40)
    #expect(minutes.ticks(from: .wallClock(beginning: begin)).map(\.label).first == "14:04")
    let fine = Viewport(left: begin, perCell: .milliseconds(5), columns: 40)
    #expect(fine.ticks(from: .wallClock(beginning: begin)).map(\.label).first == "0ms")
  }

  @Test(
    "days of the calendar",
    arguments: [
      (0, "1970-01-01 00:00:00 UTC"), (951_782_399, "2000-02-28 23:59:59 UTC"),
      (951_782_400, "2000-02-29 00:00:00 UTC"), (1_709_251_199, "2024-02-29 23:59:59 UTC"),
      (4_107_542_400, "2100-03-01 00:00:00 UTC"), (1_783_605_785, "2026-07-09 14:03:05 UTC"),
      (-1, "1969-12-31 23:59:59 UTC"),
    ] as [(Int64, String)])
  func calendar(seconds: Int64, expected: String) {
    #expect(WallClock(.seconds(seconds)).full == expected)
  }

  @Test(
    "a moment is told as exactly as the zoom shows it",
    arguments: [
      (100, "00:12.4"), (20, "00:12.42"), (2, "00:12.427"),
    ] as [(Int64, String)])
  func precision(perCell: Int64, expected: String) {
    #expect(text(ofClock: .milliseconds(12_427), precision: .milliseconds(perCell)) == expected)
  }

  @Test("microseconds where a column is less")
  func fine() {
    #expect(text(ofClock: 12_427_318_000, precision: 100_000) == "00:12.4273")
    #expect(text(ofClock: 12_427_318_000, precision: 10_000) == "00:12.42731")
  }

  @Test("a stream of the real world says when it was, a simulation counts from its beginning")
  func shown() {
    var stream = EmulatorStream(live: true)
    stream.life()
    var show = Show(stream.session)
    show.go(to: 20_000)
    show.press(.character("z"), .character("0"))
    let lines = show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2].hasPrefix(" 2026-01-01 00:00:00 UTC") && lines[2].contains("┊00:00:05"))
    var demo = Show()
    demo.perform(.request(.normal))
    demo.go(to: 9_000)
    #expect(!demo.frame(120, 40).text.contains("UTC"))
  }

  @Test("what is measured never covers the moment looked at")
  func measured() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 8_000)
    for from in stride(from: Int64(200), to: 8_000, by: 310) {
      for to in stride(from: Int64(200), to: 8_000, by: 430) where to != from {
        var show = show
        show.session.seek(to: Show.start + .milliseconds(from))
        show.press(.character("M"))
        show.session.seek(to: Show.start + .milliseconds(to))
        let axis = show.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)[2]
        let clock = text(ofClock: .milliseconds(to), precision: show.viewer.viewport.perCell)
        #expect(axis.contains(clock), "\(from) to \(to): \(axis)")
      }
    }
  }

  @Test("steps say what they stepped onto")
  func steps() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 3_000)
    show.session.seek(to: Show.start + .milliseconds(10))
    show.press(.character("."))
    #expect(show.said.contains("env-1: create ended"))
    show.press(.character("."))
    #expect(show.said.contains("env-1: extension"))
    show.press(.character(","))
    #expect(show.said.contains("env-1: create ended"))
    // At the newest moment, a step lets the next thing happen.
    show.press(.character("f"), .character("."))
    #expect(!show.said.isEmpty)
  }

  @Test("brackets stop at moments that somebody has named, and at nothing else")
  func named() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 1_000)
    show.perform(.set(.memory, 1_024))
    show.go(to: 3_000)
    show.press(.character("["))
    #expect(show.said == "there is no marker so far")
    let name = show.session.log.catalog.name("slow query")
    show.session.log.append(LifecycleEvent(time: Show.start + .milliseconds(2_000), kind: .marker(name)))
    _ = show.screen.fold()
    show.press(.character("["))
    #expect(show.session.playhead.time == Show.start + .milliseconds(2_000))
    #expect(show.said == "marker 1 of 1: slow query")
  }
}

private func pow(_ base: Double, _ exponent: Double) -> Double {
  var result = 1.0
  for _ in 0..<Int(exponent) { result *= base }
  return result
}
