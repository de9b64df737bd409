internal import LambdaLifecycle
internal import SwimlaneUI

/// The lanes as an SVG picture for a document or a slide: light or dark as the reader prefers, text that can be
/// selected, no scripts.
package struct LanesPicture {
  let selection: ExportSelection
  let title: String
  let width: Double
  var svg = SVGText()

  static let rowHeight = 20.0
  private static let barHeight = 14.0
  private static let labelWidth = 168.0
  static let margin = 16.0
  /// With more environments each is one row.
  private static let expandedEnvironments = 6
  private static let environmentLimit = 200
  /// Spans that lie closer together in a lane are one bar: nobody could see the gap.
  private static let leastGap = 0.4

  /// - Parameter width: of the whole picture, in pixels.
  package init(_ selection: ExportSelection, title: String = "", width: Int = 1_000) {
    self.selection = selection
    self.title = title
    self.width = Double(min(20_000, max(400, width)))
  }

  /// One row of the picture.
  private struct Row {
    var label: String
    var isHeading = false
    var spans: [Span] = []
    /// Statements of init, which lie below it.
    var lines: [InitTable.Row] = []
  }

  private var plotLeft: Double { Self.margin + Self.labelWidth }
  private var plotWidth: Double { width - plotLeft - Self.margin }

  private func x(_ time: Timestamp) -> Double {
    let length = Double(max(1, selection.end &- selection.start))
    let offset = Double(min(max(time, selection.start), selection.end) &- selection.start)
    return plotLeft + offset / length * plotWidth
  }

  package mutating func text() -> String {
    let rows = rows()
    let top = title.isEmpty ? 16.0 : 44.0
    let lanesTop = top + 2 * Self.rowHeight
    let lanesBottom = lanesTop + Double(rows.count) * Self.rowHeight
    let legend = legendItems()
    let legendRows = legendPlaces(legend).last.map { Int($0.y) + 1 } ?? 0
    let height = lanesBottom + 14 + Double(legendRows) * Self.rowHeight + 8
    svg = SVGText()
    open(height)
    svg.add("rect", [("class", "ground"), ("width", "100%"), ("height", "100%")])
    if !title.isEmpty { label(title, at: (Self.margin, 26), "title") }
    axis(top + Self.rowHeight, to: lanesBottom)
    label("requests", at: (Self.margin, top + 14), "quiet")
    requests(top)
    for (index, row) in rows.enumerated() {
      let y = lanesTop + Double(index) * Self.rowHeight
      label(
        row.label, at: (Self.margin + (row.isHeading ? 0 : 12), y + 14), row.isHeading ? "strong" : "quiet")
      bars(row.spans, y)
      for line in row.lines { bar(line, y) }
    }
    for (item, place) in zip(legend, legendPlaces(legend)) {
      draw(item, at: (Self.margin + place.x, lanesBottom + 14 + place.y * Self.rowHeight))
    }
    svg.add(raw: "</svg>\n")
    return svg.text
  }

  // MARK: Rows

  private func rows() -> [Row] {
    let tracks = selection.tracks
    let isExpanded = tracks.count <= Self.expandedEnvironments
    var rows: [Row] = []
    for track in tracks.prefix(Self.environmentLimit) {
      let spans = selection.spans(of: track)
      var name = selection.catalog.text(track.id)
      let function = selection.catalog.text(selection.catalog.function(of: track.id))
      if selection.timeline.functions.count > 1, !function.isEmpty { name = "\(function)/\(name)" }
      guard isExpanded else {
        rows.append(Row(label: shortened(name), spans: spans.filter { $0.extensionName == .none }))
        continue
      }
      rows.append(Row(label: shortened(name), isHeading: true))
      for lane in PictureLane.allCases {
        let own = spans.filter { PictureLane($0.phase) == lane && $0.extensionName == .none }
        if !own.isEmpty { rows.append(Row(label: lane.title, spans: own)) }
        if lane == .functionInit || lane == .initialization, !own.isEmpty {
          rows += lineRows(of: track)
        }
      }
      let owners = Set(spans.map(\.extensionName)).subtracting([.none])
      for owner in owners.sorted(by: { selection.catalog.text($0) < selection.catalog.text($1) }) {
        rows.append(
          Row(
            label: shortened("· " + selection.catalog.text(owner)),
            spans: spans.filter { $0.extensionName == owner }))
      }
    }
    let more = tracks.count - Self.environmentLimit
    if more > 0 { rows.append(Row(label: "… and \(more) more", isHeading: true)) }
    return rows
  }

  /// Statements of its inits, with those inside of others in rows of their own.
  private func lineRows(of track: EnvironmentTrack) -> [Row] {
    let inits = track.code.isEmpty ? [] : track.inits(at: selection.end)
    let lines = inits.flatMap { InitTable($0, selection.catalog, at: $0.end ?? selection.end).rows }.filter {
      guard case .line = $0.kind, let stretch = $0.stretch else { return false }
      return stretch.lowerBound <= selection.end && stretch.upperBound >= selection.start
    }
    let depths = Set(lines.map(\.depth)).sorted().prefix(3)
    return depths.map { depth in
      Row(label: depth == 0 ? "· lines" : "", lines: lines.filter { $0.depth == depth })
    }
  }

  /// Cut to the width of the labels.
  private func shortened(_ name: String) -> String {
    name.columnCount <= 24 ? name : "…" + name.suffix(columns: 23)
  }

  // MARK: Drawing

  private mutating func open(_ height: Double) {
    svg.add(
      raw: """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(SVGText.pixels(width))" height="\(SVGText.pixels(height))" \
        viewBox="0 0 \(SVGText.pixels(width)) \(SVGText.pixels(height))" role="img" aria-labelledby="lanes-title lanes-desc">
        <title id="lanes-title">\(SVGText.escaped(title.isEmpty ? "Lifecycle of Lambda environments" : title))</title>
        <desc id="lanes-desc">\(SVGText.escaped(description))</desc>
        <style>
        \(SVGStyle.text)</style>
        <defs>
        <pattern id="lanes-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect class="initialization" width="3.5" height="6"/></pattern>
        <pattern id="lanes-checker" width="6" height="6" patternUnits="userSpaceOnUse">\
        <rect class="shutdown-ink" width="3" height="3"/><rect class="shutdown-ink" x="3" y="3" width="3" height="3"/>\
        </pattern>
        </defs>

        """)
  }

  /// The picture in words, for who cannot see it.
  private var description: String {
    let requests = selection.requests.map { selection.timeline.requests[$0] }
    let cold = requests.filter(\.isCold)
    let bad = requests.count(where: \.isBad)
    var text = "\(selection.tracks.count) environments, \(requests.count) requests, \(cold.count) cold starts"
    if let longest = cold.compactMap(\.wait).max() {
      text += " (the longest took \(SwimlaneUI.text(ofLength: longest)))"
    }
    if bad > 0 { text += ", \(bad) failed or throttled" }
    return text + ", in \(SwimlaneUI.text(ofLength: selection.end &- selection.start))."
  }

  private mutating func axis(_ y: Double, to bottom: Double) {
    let columns = max(1, Int(plotWidth / 8))
    let length = max(1, selection.end &- selection.start)
    let viewport = Viewport(left: selection.start, perCell: length / Int64(columns) + 1, columns: columns)
    for tick in viewport.ticks(from: .beginning(selection.timeline.beginning)) {
      let (column, text) = (tick.column, tick.label)
      let at = x(viewport.time(of: column))
      svg.add(
        "line",
        [
          ("class", "tick"), ("x1", SVGText.pixels(at)), ("y1", SVGText.pixels(y + 6)),
          ("x2", SVGText.pixels(at)),
          ("y2", SVGText.pixels(bottom)),
        ])
      if at < width - Self.margin - 40 { label(text, at: (at + 3, y + 14), "quiet") }
    }
  }

  private mutating func requests(_ y: Double) {
    var last = -Double.infinity
    for place in selection.requests {
      let request = selection.timeline.requests[place]
      let at = x(request.arrival)
      let isBad = request.isBad
      // Of many in one place, one mark is enough; a failure is never hidden.
      guard at - last >= 1.5 || isBad || request.isCold else { continue }
      last = at
      let (left, right) = (SVGText.pixels(at - 4), SVGText.pixels(at + 4))
      let name =
        request.isThrottled ? "throttled request" : isBad ? "failed request" : "\(request.start) request"
      var facts = name
      if let wait = request.wait { facts += ", answered after \(SwimlaneUI.text(ofLength: wait))" }
      svg.add(
        "path",
        [
          ("class", isBad ? "bad" : request.isCold ? "cold" : "warm"),
          (
            "d", "M\(left) \(SVGText.pixels(y + 4))H\(right)L\(SVGText.pixels(at)) \(SVGText.pixels(y + 14))Z"
          ),
        ], content: "<title>\(SVGText.escaped(facts))</title>")
    }
  }

  private mutating func bars(_ spans: [Span], _ y: Double) {
    var index = 0
    while index < spans.count {
      let first = spans[index]
      let left = x(first.start)
      var right = x(first.end ?? selection.end)
      var count = 1
      // Bars that touch are drawn as one, as long as they are the same and too short for a length.
      while index + count < spans.count {
        let next = spans[index + count]
        guard next.phase == first.phase, next.isObserved == first.isObserved,
          next.outcome.isBad == first.outcome.isBad,
          x(next.start) - right < Self.leastGap, x(next.end ?? selection.end) - x(next.start) < 30,
          right - left < plotWidth
        else { break }
        right = max(right, x(next.end ?? selection.end))
        count += 1
      }
      bar(first, count, from: left, to: right, y)
      index += count
    }
  }

  private mutating func bar(_ span: Span, _ count: Int, from left: Double, to right: Double, _ y: Double) {
    let isLine = span.phase == .frozen
    let height = isLine && span.isObserved ? 3.0 : isLine ? 8 : Self.barHeight
    // A span that is too short for the scale stays visible.
    let width = max(1, right - left)
    let length = (span.end ?? selection.end) &- span.start
    var facts = span.phase.title
    if count > 1 { facts = "\(count) × \(facts)" }
    if !span.isObserved { facts += ", inferred" }
    if count == 1 { facts += ", \(SwimlaneUI.text(ofLength: length))" + (span.end == nil ? " so far" : "") }
    if span.outcome.isBad { facts += ", \(span.outcome.wireName)" }
    let error = selection.catalog.text(span.errorType)
    if !error.isEmpty { facts += " \(error)" }
    var kind = PictureLane(span.phase).rawValue
    if !span.isObserved { kind += " inferred" }
    svg.add(
      "rect",
      [
        ("class", kind), ("x", SVGText.pixels(left)),
        ("y", SVGText.pixels(y + (Self.rowHeight - height) / 2)),
        ("width", SVGText.pixels(width)), ("height", SVGText.pixels(height)),
        ("rx", width > 4 && !isLine ? "2" : "0"),
      ], content: "<title>\(SVGText.escaped(facts))</title>")
    let text = SwimlaneUI.text(ofLength: length) + (span.isObserved || isLine ? "" : " ?")
    // About how wide a digit is at this size.
    if count == 1, !isLine, width > Double(text.columnCount) * 6.4 + 8 {
      let style =
        span.isObserved && !span.phase.look.isPatterned ? "ink" : "length"
      label(text, at: ((left + right) / 2, y + 14), "\(style) middle")
    }
    guard span.outcome.isBad, !isLine else { return }
    label("✖", at: (right + 1, y + 14), "bad")
  }

  /// A statement, with its place in it where there is room, and all that is known of it for who points at it.
  private mutating func bar(_ line: InitTable.Row, _ y: Double) {
    guard let stretch = line.stretch else { return }
    let (left, right) = (x(stretch.lowerBound), x(stretch.upperBound))
    let catalog = selection.catalog
    let title = line.title(catalog, .emulator)
    let facts =
      "\(title), \(SwimlaneUI.text(ofLength: line.length)): \(line.words(catalog, isForOthers: true))"
    // The gap shows where one ends and the next begins.
    let width = max(1, right - left - 1)
    svg.add(
      "rect",
      [
        ("class", PictureLane.functionInit.rawValue), ("x", SVGText.pixels(left)),
        ("y", SVGText.pixels(y + 5)),
        ("width", SVGText.pixels(width)), ("height", SVGText.pixels(Self.rowHeight - 10)), ("rx", "1"),
      ], content: "<title>\(SVGText.escaped(facts))</title>")
    guard width > Double(title.columnCount) * 6.4 + 8 else { return }
    label(title, at: ((left + right) / 2, y + 14), "ink middle")
  }

  mutating func label(_ text: String, at point: (x: Double, y: Double), _ style: String) {
    svg.add(
      "text", [("class", style), ("x", SVGText.pixels(point.x)), ("y", SVGText.pixels(point.y))],
      content: SVGText.escaped(text))
  }
}
