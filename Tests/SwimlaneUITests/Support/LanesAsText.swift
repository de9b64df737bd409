import LambdaLifecycle
@testable import SwimlaneUI

/// A timeline of one environment made of given spans, and its lanes as they are painted.
struct Lanes {
  var timeline = Timeline(.simulation)
  var catalog = Catalog()
  let environment: EnvironmentID

  init() { environment = catalog.environment(catalog.name("env-1"), of: catalog.name("hello")) }

  /// A span of `milliseconds` from `begin` to `end`; without an end it stays open.
  mutating func add(_ phase: Phase, _ begin: Int64, _ end: Int64?) {
    addExact(phase, .milliseconds(begin), end.map { .milliseconds($0) })
  }

  mutating func addExact(_ phase: Phase, _ begin: Timestamp, _ end: Timestamp?) {
    let request = phase == .invoke ? catalog.request("request-\(begin)") : .none
    func fold(_ time: Timestamp, _ kind: LifecycleEvent.Kind) {
      timeline.fold(
        LifecycleEvent(time: time, environment: environment, request: request, kind: kind))
    }
    fold(begin, .phaseBegan(phase))
    if let end { fold(end, .phaseEnded(PhaseEnd(phase, outcome: .success))) }
    timeline.settle()
  }

  var track: EnvironmentTrack { timeline.tracks[0] }

  /// One lane of the expanded environment, or the collapsed bar.
  func paint(
    _ lane: EnvironmentRow.Lane? = nil, from left: Int64 = 0, perCell: Int64 = 8, columns: Int = 10,
    limit: Int64 = 1_000_000, ascii: Bool = false, hasColor: Bool = true
  ) -> [Cell] {
    let viewport = Viewport(left: .milliseconds(left), perCell: .milliseconds(perCell), columns: columns)
    let painter = BarPainter(glyphs: ascii ? .ascii : .unicode, hasColor: hasColor)
    var frame = Frame(columns: columns, rows: 1)
    if let lane {
      painter.paint(
        lane, of: track, into: &frame, row: 0, column: 0, viewport, limit: .milliseconds(limit))
    } else {
      painter.paintCollapsed(
        track, into: &frame, row: 0, column: 0, viewport, limit: .milliseconds(limit))
    }
    return frame.cells
  }
}

extension [Cell] {
  /// The characters, trailing blanks removed.
  var text: String {
    var text = String(String.UnicodeScalarView(compactMap { Unicode.Scalar($0.glyph) }))
    while text.last == " " { text.removeLast() }
    return text
  }

  /// A letter for the role of each cell: of its bar, not of a text on it.
  var roles: String {
    let letters: [Role: Character] = [
      .create: "c", .extensionInit: "e", .runtimeInit: "r", .functionInit: "f", .initialization: "n",
      .restore: "t", .invoke: "i", .frozen: "z", .shutdown: "s", .bad: "x",
    ]
    var text = String(
      map { cell in
        let role = cell.style.foreground == .ink ? cell.style.background : cell.style.foreground
        return cell == .blank ? " " : letters[role] ?? "?"
      })
    while text.last == " " { text.removeLast() }
    return text
  }
}
