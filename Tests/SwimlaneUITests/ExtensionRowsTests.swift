import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// Two extensions from their start to their end, reported at moments in milliseconds: one ends in time, one
/// does not.
@Suite("Rows and signs of extensions")
struct ExtensionRowsTests {
  private var lanes = Lanes()
  private var told: [LifecycleEvent] = []
  private let first: Name
  private let second: Name

  init() {
    first = lanes.catalog.name("logs-agent")
    second = lanes.catalog.name("metrics")
    for name in [first, second] {
      tell(0, .extensionState(name: name, .started, errorType: .none))
      tell(0, .phaseBegan(.extensionInit, extensionName: name))
    }
    tell(0, .phaseBegan(.extensionInit))
    tell(16, .extensionState(name: first, .registered, errorType: .none))
    tell(24, .extensionState(name: second, .registered, errorType: .none))
    end(24, .extensionInit)
    tell(24, .phaseBegan(.runtimeInit))
    ready(32, first)
    end(48, .runtimeInit)
    ready(56, second)
    tell(56, .phaseBegan(.invoke))
    end(72, .invoke)
    tell(72, .phaseBegan(.frozen))
    end(80, .frozen)
    tell(80, .phaseBegan(.runtimeShutdown))
    end(104, .runtimeShutdown)
    tell(104, .phaseBegan(.extensionShutdown))
    tell(400, .extensionState(name: first, .exited, errorType: .none))
    tell(2_080, .extensionState(name: second, .shutdownFailed, errorType: .none))
    end(2_080, .extensionShutdown, .killed)
    tell(2_080, .environmentGone(.spindown, detail: .none))
    for event in told { lanes.timeline.fold(event) }
    lanes.timeline.settle()
  }

  private mutating func tell(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind) {
    told.append(
      LifecycleEvent(time: .milliseconds(milliseconds), environment: lanes.environment, kind: kind))
  }

  private mutating func end(_ milliseconds: Int64, _ phase: Phase, _ outcome: Outcome = .success) {
    tell(milliseconds, .phaseEnded(PhaseEnd(phase, outcome: outcome)))
  }

  private mutating func ready(_ milliseconds: Int64, _ name: Name) {
    tell(milliseconds, .extensionState(name: name, .ready, errorType: .none))
    tell(milliseconds, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success, extensionName: name)))
  }

  @Test("each row tells start, registration and Ready of its own extension")
  func initRows() {
    #expect(lanes.paint(.ofExtension(first), columns: 16, limit: 70).text == "██├▤✓ Ready")
    #expect(lanes.paint(.ofExtension(second), columns: 16, limit: 70).text == "███├▤▤▤✓ Ready")
    #expect(lanes.paint(.ofExtension(first), columns: 16, limit: 70, ascii: true).text == "ee+wy Ready")
    #expect(
      lanes.paint(.ofExtension(first), columns: 16, limit: 70, hasColor: false).text == "▌▌├▤✓ Ready")
    // The lane of all has no sign, which could be of either.
    #expect(lanes.paint(.extensionInit, columns: 16).text == "███▤▤▤▤")
  }

  @Test("at shutdown: SIGTERM, SHUTDOWN, and SIGKILL for whom has not ended in time")
  func shutdown() {
    let all = lanes.paint(.shutdown, perCell: 50, columns: 52).text
    #expect(all.hasPrefix(" ↓⇓ SHUTDOWN ▥"), "\(all)")
    #expect(all.hasSuffix("▥† SIGKILL"), "\(all)")
    let ended = lanes.paint(.ofExtension(first), from: 80, perCell: 50, columns: 52).text
    #expect(ended.hasPrefix("⇓▥▥▥▥▥") && !ended.contains("†"), "\(ended)")
    let killed = lanes.paint(.ofExtension(second), from: 80, perCell: 50, columns: 52).text
    #expect(killed.hasPrefix("⇓ SHUTDOWN ▥") && killed.hasSuffix("▥† SIGKILL"), "\(killed)")
    // Where there is room beside a bar, no word hides any of it.
    let beside = lanes.paint(.ofExtension(first), perCell: 4, columns: 110).text
    #expect(beside.contains("✓ Ready  SHUTDOWN ⇓▥▥"), "\(beside)")
    let plain = lanes.paint(.shutdown, perCell: 50, columns: 52, ascii: true).text
    #expect(plain.hasPrefix(#" TS SHUTDOWN \"#) && plain.hasSuffix(#"\K SIGKILL"#), "\(plain)")
  }

  @Test("a moment looks the same before the rest has come and after it")
  func restricted() {
    for moment in stride(from: Int64(0), to: 2_100, by: 4) {
      var part = lanes
      part.timeline = Timeline(.simulation)
      for event in told where event.time <= .milliseconds(moment) { part.timeline.fold(event) }
      part.timeline.settle()
      let names = part.track.namedExtensions(at: .milliseconds(moment))
      #expect(names == lanes.track.namedExtensions(at: .milliseconds(moment)))
      for lane in [.extensionInit, .shutdown] + names.map(EnvironmentRow.Lane.ofExtension) {
        let now = part.paint(lane, perCell: 20, columns: 110, limit: moment)
        #expect(now == lanes.paint(lane, perCell: 20, columns: 110, limit: moment), "\(lane) at \(moment) ms")
      }
    }
  }

  @Test("rows are as many as fit; one extension is its lane, and so are those without names")
  func room() {
    let viewer = Show().viewer
    let rows = [EnvironmentRow(track: 0, content: .lane(.extensionInit))]
    func shown(_ room: Int, at moment: Int64 = 100) -> [EnvironmentRow.Lane] {
      viewer.extensionLanes(in: rows, lanes.timeline, at: .milliseconds(moment), room: room)[0] ?? []
    }
    #expect(shown(2) == [.ofExtension(first), .ofExtension(second)])
    #expect(shown(1).isEmpty)
    #expect(shown(5, at: -1).isEmpty)
    var many = lanes
    for index in 3...10 {
      let name = many.catalog.name("agent-\(index)")
      many.timeline.fold(
        LifecycleEvent(
          time: .milliseconds(1), environment: lanes.environment,
          kind: .extensionState(name: name, .started, errorType: .none)))
    }
    many.timeline.settle()
    let few = viewer.extensionLanes(in: rows, many.timeline, at: .milliseconds(100), room: 4)[0] ?? []
    #expect(few == [.ofExtension(first), .ofExtension(second), few[2], .moreExtensions(7)])
    var one = Lanes()
    one.add(.extensionInit, 0, 10)
    #expect(viewer.extensionLanes(in: rows, one.timeline, at: .milliseconds(5), room: 9).isEmpty)
  }

  @Test("a name that means harm and is too long is cut to its label")
  func label() {
    var lanes = lanes
    let name = lanes.catalog.name("agent\u{1B}[2J\n of a company with a long name")
    let viewer = Show().viewer
    let title = viewer.title(of: .ofExtension(name), lanes.track, lanes.catalog, width: 20)
    #expect(title.columnCount <= 20)
    var frame = Frame(columns: 24, rows: 1)
    frame.write(title, column: 4, row: 0)
    #expect(frame.cells.allSatisfy { $0.glyph >= 32 && $0.glyph != 127 })
    #expect(frame.text.hasSuffix("…"))
  }

  @Test("nothing is invented: no SIGTERM without a registered extension, nor for a runtime that is gone")
  func untold() {
    var alone = Lanes()
    alone.add(.runtimeShutdown, 0, 100)
    #expect(alone.track.shutdownSigns(from: 0, until: .seconds(9)).isEmpty)
    var undivided = Lanes()
    func tell(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind) {
      undivided.timeline.fold(
        LifecycleEvent(time: .milliseconds(milliseconds), environment: undivided.environment, kind: kind))
    }
    tell(0, .extensionState(name: first, .registered, errorType: .none))
    tell(10, .phaseBegan(.invoke))
    tell(20, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: ErrorType.runtimeExitError.name)))
    tell(20, .phaseBegan(.shutdown))
    tell(90, .phaseEnded(PhaseEnd(.shutdown, outcome: .failure)))
    tell(100, .extensionState(name: first, .registered, errorType: .none))
    tell(110, .phaseBegan(.invoke))
    tell(120, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout)))
    tell(120, .phaseBegan(.shutdown))
    tell(2_120, .extensionState(name: first, .shutdownFailed, errorType: .none))
    tell(2_121, .phaseEnded(PhaseEnd(.shutdown, outcome: .timeout)))
    undivided.timeline.settle()
    #expect(
      undivided.track.shutdownSigns(from: 0, until: .seconds(9)) == [
        ProcessSign(.terminate, at: .milliseconds(120)), ProcessSign(.kill, at: .milliseconds(2_120)),
      ])
  }
}
