package import LambdaLifecycle

extension BarPainter {
  /// Draws all of one phase of an environment into a row: with what belongs to it and is hatched, and with what was
  /// inferred.
  package func paint(
    _ phase: Phase, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    func draw(_ index: EnvironmentTrack.LaneIndex, _ style: PhaseStyle? = nil) {
      paint(track[index], phase, style: style, into: &frame, row: row, column: column, viewport, limit: limit)
    }
    switch phase {
    case .extensionInit: draw(.extensionReadiness, extensionsWork(.extensionInit))
    case .frozen:
      draw(.inferredFrozen, inferred)
      outline(track[.inferredFrozen], into: &frame, row: row, column: column, viewport, limit: limit)
    case .create, .runtimeInit, .functionInit, .initialization, .restore, .invoke, .runtimeShutdown,
      .extensionShutdown, .shutdown:
      break
    }
    draw(.phase(phase))
    if phase == .invoke {
      paintExtensionWork(of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    }
  }

  /// Draws the invocations that have one place in a Managed Instance.
  package func paint(
    place: Int, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    paint(
      track[.invocation(place)], .invoke, into: &frame, row: row, column: column, viewport, limit: limit)
  }

  /// Extensions that still work when the runtime is done: drawn so where they are the larger part of a cell.
  private func paintExtensionWork(
    of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    var invoke = [Int64](repeating: 0, count: viewport.columns)
    track[.invoke].shares(edges: viewport.edges, limit: limit) { column, share in
      invoke[column] = share.covered
    }
    track[.extensionWork].shares(edges: viewport.edges, limit: limit) { column, share in
      guard share.covered &* 2 > invoke[column] else { return }
      if let cell = cell(share, width: viewport.width(of: column), extensionsWork(.invoke)) {
        frame[first + column, row] = cell
      }
    }
  }

  /// In the colour of the phase that they prolong.
  func extensionsWork(_ phase: Phase) -> PhaseStyle {
    PhaseStyle(role: style(phase).role, glyph: glyphs.extensionWork, letter: " ", isSolid: false)
  }

  /// A hollow bar, for a phase that nobody reported and that was concluded: it looks different from what was
  /// observed.
  var inferred: PhaseStyle {
    PhaseStyle(role: .frozen, glyph: glyphs.hollow, letter: " ", isSolid: false)
  }
}
