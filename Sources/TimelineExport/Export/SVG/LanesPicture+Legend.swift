internal import LambdaLifecycle

extension LanesPicture {
  struct LegendItem {
    var kind: String
    var title: String
  }

  /// The items for the things that occur in the picture.
  func legendItems() -> [LegendItem] {
    let spans = selection.tracks.flatMap { selection.spans(of: $0) }
    let lanes = Set(spans.map { PictureLane($0.phase) })
    var items = PictureLane.allCases.filter(lanes.contains).map {
      LegendItem(kind: $0.rawValue, title: $0.title)
    }
    if spans.contains(where: { !$0.isObserved }) {
      items.append(LegendItem(kind: "frozen inferred", title: "inferred"))
    }
    let requests = selection.requests.map { selection.timeline.requests[$0] }
    if requests.contains(where: \.isCold) { items.append(LegendItem(kind: "cold", title: "cold request")) }
    if requests.contains(where: { !$0.isCold && !$0.outcome.isBad && !$0.isThrottled }) {
      items.append(LegendItem(kind: "warm", title: "warm request"))
    }
    if requests.contains(where: \.isBad) {
      items.append(LegendItem(kind: "bad", title: "failed or throttled"))
    }
    return items
  }

  func legendPlaces(_ items: [LegendItem]) -> [(x: Double, y: Double)] {
    var (x, y) = (0.0, 0.0)
    return items.map { item in
      let needed = 40 + Double(item.title.count) * 7.2
      if x + needed > width - 2 * Self.margin, x > 0 { (x, y) = (0, y + 1) }
      defer { x += needed }
      return (x, y)
    }
  }

  mutating func draw(_ item: LegendItem, at point: (x: Double, y: Double)) {
    let (x, y) = point
    if ["cold", "warm", "bad"].contains(item.kind) {
      svg.add(
        "path",
        [
          ("class", item.kind),
          (
            "d",
            "M\(SVGText.pixels(x + 6)) \(SVGText.pixels(y + 5))h8l-4 10Z"
          ),
        ])
    } else {
      let isLine = item.kind == "frozen"
      svg.add(
        "rect",
        [
          ("class", item.kind), ("x", SVGText.pixels(x)), ("y", SVGText.pixels(y + (isLine ? 9 : 4))),
          ("width", "20"),
          ("height", isLine ? "3" : "12"),
        ])
    }
    label(item.title, at: (x + 26, y + 14), "quiet")
  }
}
