internal import LambdaLifecycle

extension BarPainter {
  /// Draws the parts of a request's time as one bar, from its arrival at the left.
  /// - Parameters:
  ///   - longest: the length that takes all columns.
  ///   - source: its names of phases stand before their lengths where there is room; nil for no names.
  func paint(
    _ request: RequestParts, longest: Nanoseconds, _ columns: Range<Int>, into frame: inout Frame, row: Int,
    names source: SourceKind? = nil
  ) {
    let viewport = Viewport(
      left: request.arrival,
      perCell: longest / Int64(columns.count) &+ (longest % Int64(columns.count) > 0 ? 1 : 0),
      columns: columns.count)
    for part in request.parts where part.end > part.begin {
      var lane = Lane()
      lane.starts.insert(part.begin)
      lane.ends.insert(part.end)
      paint(
        lane, part.phase, style: part.isAfterAnswer ? extensionsWork(.invoke) : nil, into: &frame, row: row,
        column: columns.lowerBound, viewport, limit: request.end)
    }
    for (part, next) in zip(request.parts, request.parts.dropFirst()) {
      join(part, next, columns, viewport, into: &frame, row: row)
    }
    for part in request.parts {
      label(part, columns, viewport, into: &frame, row: row, names: source)
    }
  }

  /// Two parts that meet within a cell share it.
  private func join(
    _ part: RequestParts.Part, _ next: RequestParts.Part, _ columns: Range<Int>, _ viewport: Viewport,
    into frame: inout Frame, row: Int
  ) {
    let (left, right) = (style(part.phase), style(next.phase))
    let column = viewport.column(of: next.begin)
    guard next.begin == part.end, left.isSolid, right.isSolid, !next.isAfterAnswer, column < columns.count,
      next.end >= viewport.time(of: column + 1), part.begin <= viewport.time(of: column)
    else { return }
    let eighths = min(8, Int((next.begin &- viewport.time(of: column)) / max(1, viewport.perCell / 8)))
    guard eighths > 0 else { return }
    frame[columns.lowerBound + column, row] = Cell(
      BarPainter.block(eighths), Style(left.role, on: right.role))
  }

  /// A part's name and length, or less of it, as far as it fits.
  private func label(
    _ part: RequestParts.Part, _ columns: Range<Int>, _ viewport: Viewport, into frame: inout Frame, row: Int,
    names source: SourceKind?
  ) {
    let style = part.isAfterAnswer ? extensionsWork(part.phase) : style(part.phase)
    let (left, right) = (viewport.column(of: part.begin), viewport.column(of: part.end))
    let room = right - left
    let length = text(ofLength: part.length)
    var choices = [length]
    if let source, !part.isAfterAnswer { choices.insert("\(source.title(of: part.phase)) \(length)", at: 0) }
    let words: String
    if let fitting = choices.first(where: { $0.columnCount + 2 <= room }) {
      words = fitting
    } else if room >= 3, style.letter != " " {
      words = String(Character(style.letter))
    } else {
      return
    }
    frame.write(
      words, column: columns.lowerBound + (left + right - words.columnCount + 1) / 2, row: row,
      style: textLook(style))
  }
}
