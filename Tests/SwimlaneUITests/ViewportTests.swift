import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("Viewport")
struct ViewportTests {
  private static let viewports = [
    Viewport(left: 0, perCell: 1, columns: 80),
    Viewport(left: Show.start, perCell: .milliseconds(100), columns: 92),
    Viewport(left: -.seconds(3), perCell: 7_777, columns: 3),
    Viewport(left: Show.start, perCell: .seconds(7_200), columns: 172),
  ]

  @Test("a column's left edge lies in that column, and so does its last nanosecond", arguments: viewports)
  func roundTrip(viewport: Viewport) {
    for column in -5..<viewport.columns + 5 {
      #expect(viewport.column(of: viewport.time(of: column)) == column)
      #expect(viewport.column(of: viewport.time(of: column + 1) - 1) == column)
    }
  }

  @Test("later is never further left", arguments: viewports)
  func monotone(viewport: Viewport) {
    let times = (-300..<300).map { viewport.left + Int64($0) * (viewport.perCell / 3 + 1) }
    let columns = times.map { viewport.column(of: $0) }
    #expect(columns == columns.sorted())
  }

  @Test("the picture is what lies from its left edge up to its right", arguments: viewports)
  func contains(viewport: Viewport) {
    #expect(viewport.contains(viewport.left))
    #expect(viewport.contains(viewport.right - 1))
    #expect(!viewport.contains(viewport.left - 1))
    #expect(!viewport.contains(viewport.right))
    #expect(viewport.column(of: viewport.right) == viewport.columns)
  }

  @Test("zooming keeps the anchor in its column", arguments: [0, 1, 40, 79])
  func zoom(column: Int) {
    for steps in [-9, -1, 1, 2, 30] {
      var viewport = Viewport(left: Show.start, perCell: .milliseconds(100), columns: 80)
      let anchor = viewport.time(of: column) + 12_345
      viewport.zoom(by: steps, around: anchor)
      #expect(viewport.column(of: anchor) == column)
      #expect((viewport.perCell < .milliseconds(100)) == (steps < 0))
    }
  }

  @Test("zooming steps through round lengths and stops at both ends")
  func zoomSteps() {
    #expect(Viewport.zoomSteps == Viewport.zoomSteps.sorted())
    #expect(Set(Viewport.zoomSteps).count == Viewport.zoomSteps.count)
    #expect(Viewport.zoomSteps.contains(.milliseconds(1)))
    #expect((Viewport.zoomSteps.last ?? 0) >= .seconds(3_600))
    var viewport = Viewport(left: 0, perCell: .milliseconds(100), columns: 80)
    for _ in 0..<100 { viewport.zoom(by: -1, around: 0) }
    #expect(viewport.perCell == Viewport.zoomSteps.first)
    for _ in 0..<100 { viewport.zoom(by: 1, around: 0) }
    #expect(viewport.perCell == Viewport.zoomSteps.last)
  }

  @Test("now stays in sight; the picture stands still and then jumps by a part of its width")
  func keep() {
    var viewport = Viewport(left: 0, perCell: .milliseconds(100), columns: 80)
    var jumps = 0
    for tenth in 0..<1_000 {
      let before = viewport
      let now = Nanoseconds.milliseconds(Int64(tenth) * 100)
      viewport.keep(now)
      #expect(viewport.contains(now))
      guard viewport.left != before.left else { continue }
      jumps += 1
      let moved = before.column(of: viewport.left)
      #expect((10..<70).contains(moved))
      // Enough of the past stays, and there is room for what comes.
      #expect((20...60).contains(viewport.column(of: now)))
    }
    #expect((20...40).contains(jumps))
    viewport.keep(0)
    #expect(viewport.contains(0))
    let still = viewport
    viewport.keep(.milliseconds(100))
    #expect(viewport == still)
  }

  @Test("where it stands does not depend on how many frames were drawn on the way")
  func keepWhateverTheWay() {
    for columns in [2, 3, 23, 56, 92] {
      var slow = Viewport(left: 0, perCell: .milliseconds(100), columns: columns)
      for tenth in 0..<3_000 {
        slow.keep(.milliseconds(Int64(tenth) * 100))
        var quick = Viewport(left: 0, perCell: .milliseconds(100), columns: columns)
        quick.keep(.milliseconds(Int64(tenth) * 100))
        #expect(quick == slow)
      }
    }
  }

  @Test(
    "fit shows the whole stretch, and does not waste the picture",
    arguments: [1, 999, .milliseconds(10), .seconds(11), .seconds(86_400), .seconds(40_000_000)] as [Int64])
  func fit(length: Nanoseconds) {
    for columns in [1, 3, 23, 92, 172] {
      var viewport = Viewport(left: 0, perCell: 1, columns: columns)
      viewport.fit(Show.start, Show.start + length)
      #expect(viewport.columns == columns)
      if columns >= 3 {
        #expect(viewport.contains(Show.start) && viewport.contains(Show.start + length))
      }
      let finer = Viewport.zoomSteps.last { $0 < viewport.perCell }
      if let finer, viewport.perCell <= Viewport.zoomSteps.last ?? 0 {
        #expect(finer * Int64(max(1, columns - 2)) <= length)
      }
    }
  }

  @Test("panned there and back, it is where it was")
  func pan() {
    var viewport = Viewport(left: Show.start, perCell: .milliseconds(20), columns: 80)
    let before = viewport
    viewport.pan(by: 26)
    #expect(viewport.left == before.time(of: 26))
    viewport.pan(by: -26)
    #expect(viewport == before)
  }

  @Test("a viewport has at least one column and one nanosecond")
  func least() {
    var viewport = Viewport(left: 0, perCell: 0, columns: -3)
    #expect(viewport.perCell == 1 && viewport.columns == 1)
    viewport.layOut(columns: 0)
    #expect(viewport.columns == 1)
  }
}
