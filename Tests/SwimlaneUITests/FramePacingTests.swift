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

  /// Frames in ten seconds while events pour in, each of which changes so much.
  private func frames(of bytes: Int) -> Int {
    var pacing = FramePacing()
    var count = 0
    for millisecond in 0..<10_000 {
      pacing.noteEvents(at: at(Int64(millisecond)))
      guard pacing.isDue(at: at(Int64(millisecond))) else { continue }
      pacing.noteFrame(at: at(Int64(millisecond)), bytes: bytes)
      count += 1
    }
    return count
  }

  @Test("frames that change much for long come less often: 7 kB a second, but one frame a second")
  func expensive() {
    #expect(frames(of: 0) == 304 && frames(of: 200) == 304)
    #expect((70...100).contains(frames(of: 1_000)))
    #expect((11...14).contains(frames(of: 50_000)))
  }

  @Test("a single one that changes much does not keep the next one waiting, nor does a key wait")
  func once() {
    var pacing = FramePacing()
    pacing.noteFrame(at: Self.start, bytes: 6_000)
    pacing.want()
    #expect(pacing.isDue(at: at(33)))
    for step in 1...10 { pacing.noteFrame(at: at(Int64(step)), bytes: 6_000) }
    pacing.want()
    #expect(!pacing.isDue(at: at(150)))
    #expect(pacing.wait(.playing, at: at(110), until: .never) == 800)
    pacing.wantAtOnce()
    #expect(pacing.isDue(at: at(111)))
  }

  @Test("what a frame takes is counted by what differs from the one before")
  func bytes() {
    var frame = Frame(columns: 20, rows: 2)
    let before = frame
    #expect(frame.bytes(after: before) == 0)
    frame.write("abc", column: 2, row: 0)
    let few = frame.bytes(after: before)
    #expect((3...30).contains(few))
    frame.write("│", column: 10, row: 1, style: Style(.bad))
    #expect(frame.bytes(after: before) > few + 3)
    #expect(frame.bytes(after: nil) > 40 && frame.bytes(after: Frame(columns: 3, rows: 3)) > 40)
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
