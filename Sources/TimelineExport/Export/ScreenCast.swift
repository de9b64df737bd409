internal import LambdaEventFormats
package import LambdaLifecycle
internal import SwimlaneUI

/// A playback as a file for asciinema (asciicast v2, docs.asciinema.org), and the screen as text.
package struct ScreenCast {
  private let session: Session
  private let title: String
  private let start: Timestamp
  private let end: Timestamp
  private let columns: Int
  private let rows: Int

  /// - Parameters:
  ///   - session: a recording that has been read to its end.
  ///   - title: the text in the header of the screen.
  package init(
    _ session: Session, title: String, start: Timestamp, end: Timestamp, columns: Int, rows: Int
  ) {
    self.session = session
    self.title = title
    self.start = start
    self.end = end
    self.columns = min(500, max(40, columns))
    self.rows = min(200, max(10, rows))
  }

  private var playback: Playback {
    Playback(session, title: title, start...max(start, end), columns: columns, rows: rows)
  }

  /// The screen at the end, as text.
  package func text() -> String {
    var playback = self.playback
    return playback.frame(at: end).text + "\n"
  }

  /// Ten pictures a second.
  private static let interval: Nanoseconds = .milliseconds(100)

  /// - Parameters:
  ///   - speed: nanoseconds of the session in one of the playback.
  ///   - idleLimit: a stretch in which nothing happens takes no longer in the playback.
  package func asciicast(speed: Double, idleLimit: Nanoseconds, isLight: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    var header = JSONLine(takingOver: &bytes)
    header.add("version", 2)
    header.add("width", Int64(columns))
    header.add("height", Int64(rows))
    header.add("title", title)
    header.add("env") { $0.add("TERM", "xterm-256color") }
    header.finish(into: &bytes)
    var playback = self.playback
    var ansi = ANSIText(theme: isLight ? .light : .dark)
    var shown: Nanoseconds = 0
    var time = start
    while true {
      let text = ansi.changes(to: playback.frame(at: time))
      if !text.isEmpty { Self.write(text, at: shown, into: &bytes) }
      guard time < end else { break }
      let step = max(1, Nanoseconds(Double(Self.interval) * speed))
      var next = time &+ step
      // A pause that would take too long without anything happening is jumped over.
      let change = playback.nextChange(after: time) ?? end
      let limit = Nanoseconds(min(9e18, Double(idleLimit) * speed))
      if change > time, change &- time > limit, limit >= step {
        next = max(next, change &- limit)
      }
      time = min(end, next)
      shown += Self.interval
    }
    // The last picture stays for a moment.
    Self.write("\u{1B}[?25h", at: shown + .seconds(2), into: &bytes)
    return bytes
  }

  private static func write(_ text: String, at time: Nanoseconds, into bytes: inout [UInt8]) {
    bytes += Array("[\(decimal(time, unit: .seconds(1), places: 1)),\"o\",".utf8)
    JSONLine.append(string: text, to: &bytes)
    bytes += Array("]\n".utf8)
  }
}
