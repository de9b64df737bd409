package import LambdaLifecycle

/// All that is looked at when a frame is drawn or a key is answered: the timeline as it is shown, its names,
/// and what stands beside it. Made once for each and lent to whoever draws.
package struct Scene: Sendable {
  /// Restricted to what passes the filter.
  let timeline: Timeline
  let catalog: Catalog
  let stage: Stage

  /// - Parameter timeline: all of the session's.
  package init(_ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage) {
    self.timeline = stage.shown(timeline)
    self.catalog = catalog
    self.stage = stage
  }
}
