internal import LambdaLifecycle

/// The environments of the list, in its order.
struct ListedEnvironments: Equatable {
  /// Indexes of tracks that have rows of their own.
  var tracks: [Int]
  /// The number of those that ended before the picture begins: they share one row.
  var folded = 0
}

extension Viewer {
  /// The environments in sight, without those of whose life nothing is in the picture any more: two and more of them
  /// are one row.
  func listed(_ visible: [Int], _ scene: borrowing Scene) -> ListedEnvironments {
    guard list.order == .age, filter.isEmpty, !list.opened.showsGone, !list.opened.areAllClosed else {
      return ListedEnvironments(tracks: visible)
    }
    let kept = visible.filter { index in
      scene.timeline.tracks[index].gone > viewport.left
        || scene.timeline.tracks[index].gone > scene.stage.time
        || scene.timeline.tracks[index].id == selected
    }
    let folded = visible.count - kept.count
    return folded > 1 ? ListedEnvironments(tracks: kept, folded: folded) : ListedEnvironments(tracks: visible)
  }

  /// The row of those that are folded.
  func drawFolded(_ count: Int, into frame: inout Frame, at y: Int, _ layout: Layout) {
    let arrow = painter.glyphs.collapsed
    frame.write(
      "\(arrow) \(grouped(count)) gone, before this", column: 0, row: y, style: Style(.quiet),
      limit: layout.labelWidth)
  }
}
