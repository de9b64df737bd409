import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("When a frame is due")
struct FramePacingTests {
  private static let start: Timestamp = .seconds(1_000)

  /// A moment after the beginning.
  private func at(_ milliseconds: Int64) -> Timestamp { Self.start + .milliseconds(milliseconds) }

  /// A frame has been drawn at the beginning.
  private func drawn() -> FramePacing {
    var pacing = FramePacing()
    pacing.noteFrame(at: Self.start)
    return pacing
  }

  @Test("the first frame is due at once")
  func first() {
    let pacing = FramePacing()
    #expect(pacing.isDue(at: Self.start))
    #expect(pacing.wait(.still, at: Self.start, until: .never) == 0)
  }

  @Test("where nothing has changed and nothing moves, none is due however long it takes")
  func nothing() {
    var pacing = drawn()
    pacing.tick(.still, at: at(60_000))
    #expect(!pacing.isWanted && !pacing.isDue(at: at(60_000)))
    #expect(pacing.wait(.still, at: at(1), until: .never) == -1)
  }

  @Test("something else that is to be done ends the wait, a millisecond late rather than early")
  func otherThings() {
    let pacing = drawn()
    #expect(pacing.wait(.still, at: at(1), until: at(6_000)) == 6_000)
    #expect(pacing.wait(.still, at: at(7_000), until: at(6_000)) == 1)
    #expect(pacing.wait(.still, at: at(0), until: .never - 1) == .max)
  }

  @Test("events that pour in are drawn every 33 ms")
  func pouring() {
    var pacing = drawn()
    pacing.noteEvents(at: at(5))
    #expect(pacing.isWanted && !pacing.isDue(at: at(32)))
    #expect(pacing.wait(.still, at: at(5), until: .never) == 28)
    #expect(pacing.isDue(at: at(33)))
    #expect(pacing.wait(.still, at: at(40), until: .never) == 0)
    pacing.noteFrame(at: at(33))
    #expect(!pacing.isWanted && !pacing.isDue(at: at(100)))
  }

  @Test("after a key there is no wait")
  func key() {
    var pacing = drawn()
    pacing.wantAtOnce()
    #expect(pacing.isDue(at: at(1)))
    #expect(pacing.wait(.following, at: at(1), until: .never) == 0)
    pacing.noteFrame(at: at(1))
    pacing.want()
    #expect(!pacing.isDue(at: at(2)))
  }

  @Test("what plays is drawn ten times a second")
  func playing() {
    var pacing = drawn()
    #expect(pacing.wait(.playing, at: at(30), until: .never) == 70)
    pacing.tick(.playing, at: at(98))
    #expect(!pacing.isWanted)
    // Waiting may end a little early.
    pacing.tick(.playing, at: at(99))
    #expect(pacing.isDue(at: at(99)))
  }

  @Test("a stream on which nothing has come for ten seconds is drawn once a second")
  func quiet() {
    var pacing = drawn()
    // Nothing has come yet: it may at any time.
    #expect(pacing.wait(.following, at: at(30), until: .never) == 70)
    pacing.noteEvents(at: at(0))
    pacing.noteFrame(at: at(9_900))
    #expect(pacing.wait(.following, at: at(9_999), until: .never) == 1)
    #expect(pacing.wait(.following, at: at(10_000), until: .never) == 900)
    #expect(pacing.wait(.playing, at: at(10_000), until: .never) == 0)
    pacing.tick(.following, at: at(10_100))
    #expect(!pacing.isWanted)
    pacing.tick(.following, at: at(10_900))
    #expect(pacing.isDue(at: at(10_900)))
  }
}
