import LambdaEventFormats
import LambdaLifecycle
import SwimlaneUI
import TimelineExport

/// The properties of the pictures and texts of any events: they are there, and hold nothing that could act on
/// a terminal.
struct PictureProperties {
  private var session: Session
  private let catalog: Catalog
  private let lines: [String]
  private var draws: Draws

  private static let keys: [Key] = [
    .tab, .tab, .tab, .enter, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    .character("+"), .character("-"), .character("-"), .character("f"), .character("s"), .character("M"),
    .character("["), .character("]"), .character("B"), .character("?"), .character("o"), .escape,
  ]

  init(_ log: EventLog, kind: SourceKind, draws: Draws) {
    var draws = draws
    let isLive = draws.next() & 1 == 0
    session = Session(reading: kind, live: isLive, start: 0)
    session.log = log
    catalog = log.catalog
    let events = session.fold(clock: isLive ? log.events.last?.arrival : nil)
    let plain = PlainText(origin: events.first?.time ?? 0)
    lines = events.compactMap { plain.line($0, log) }
    self.draws = draws
  }

  /// The first property that does not hold; nil if all do.
  var violation: String? {
    if let line = lines.first(where: hasControls) { return "a line of text with control characters: \(line)" }
    let text = SummaryText(session.timeline, catalog, lines: lines.count).text()
    if hasControls(text) { return "a summary with control characters: \(text)" }
    let json = SummaryJSON(session.timeline, catalog, lines: lines.count).text()
    if hasControls(String(decoding: json, as: UTF8.self)) {
      return "a summary in JSON with control characters"
    }
    return drawingViolation()
  }

  private func drawingViolation() -> String? {
    var draws = draws
    let viewer = Viewer(
      glyphs: draws.next() & 1 == 0 ? .unicode : .ascii, hasColor: true, start: session.playhead.time,
      fitsAll: draws.next() & 1 == 0)
    var screen = SessionScreen(session, viewer, Surroundings(title: "fuzz"))
    for _ in 0..<6 {
      let (columns, rows) = [(80, 24), (120, 40), (37, 9), (1, 1)][draws.next(below: 4)]
      let frame = screen.frame(columns: columns, rows: rows)
      if frame.cells.contains(where: {
        $0.glyph < 0x20 && !$0.isContinuation || (0x7F...0x9F).contains($0.glyph)
      }) {
        return "a frame with control characters"
      }
      _ = screen.handle(Self.keys[draws.next(below: Self.keys.count)])
      screen.tick(elapsed: .milliseconds(100), clock: screen.session.newest &+ .milliseconds(100))
    }
    return nil
  }

  private func hasControls(_ text: String) -> Bool {
    text.utf8.contains { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F }
  }
}
