internal import LambdaLifecycle

/// How the spans of one phase are drawn.
struct PhaseStyle {
  var role: Role
  var glyph: Unicode.Scalar
  var letter: Unicode.Scalar
  /// Bars of these glyphs have ends finer than a cell.
  var isSolid: Bool
}

/// Draws lanes into rows of cells.
///
/// A cell shows the share of each phase in its stretch of time. What is too short for an eighth of a cell is a thin
/// mark: nothing short is rounded away.
package struct BarPainter: Sendable {
  package var glyphs: GlyphSet
  /// False without colours: then phases must differ by their patterns alone.
  package var hasColor: Bool

  package init(glyphs: GlyphSet, hasColor: Bool) {
    self.glyphs = glyphs
    self.hasColor = hasColor
  }

  func style(_ phase: Phase) -> PhaseStyle {
    let look = phase.look
    var style = PhaseStyle(role: look.role, glyph: glyphs.full, letter: look.letter, isSolid: false)
    switch look.fill {
    case .solid(let pattern, let ascii):
      style.isSolid = !glyphs.isASCII && hasColor
      if !style.isSolid { style.glyph = glyphs.isASCII ? ascii : pattern }
    case .pattern(let pattern, let ascii): style.glyph = glyphs.isASCII ? ascii : pattern
    case .line: style.glyph = glyphs.frozen
    }
    return style
  }

  /// ASCII has no blocks: where there are colours, a bar's letters stand on its colour, so that it is seen as a bar. What
  /// is faint or hollow stays so.
  func fills(_ style: PhaseStyle) -> Bool { glyphs.isASCII && hasColor && style.role != .frozen }

  /// How the glyphs of a bar look.
  func look(_ style: PhaseStyle, on background: Role = .screen) -> Style {
    fills(style) ? Style(.ink, on: style.role) : Style(style.role, on: background)
  }

  /// How a text looks that stands in a bar: ink on its colour, or between its patterns.
  func textLook(_ style: PhaseStyle) -> Style {
    style.isSolid || fills(style) ? Style(.ink, on: style.role, .bold) : Style(.strong, on: .screen, .bold)
  }

  /// The cell for one phase that covers `share` of `width`.
  func cell(_ share: Lane.Share, width: Nanoseconds, _ style: PhaseStyle, on background: Role = .screen)
    -> Cell?
  {
    guard share.covered > 0 || share.begun > 0 else { return nil }
    let eighths = Int(min(8, max(0, (share.covered &* 8 &+ width / 2) / width)))
    if !style.isSolid {
      if eighths == 0, style.role != .frozen { return Cell(glyphs.mark, Style(style.role, on: background)) }
      return eighths >= 4 || style.role != .frozen || share.begun > 0
        ? Cell(style.glyph, look(style, on: background)) : nil
    }
    if eighths == 8 { return Cell(glyphs.full, Style(style.role, on: background)) }
    if eighths == 0 {
      // A bar that begins in the last sliver of a cell goes on in the next one.
      let isAtEnd = share.touchesEnd && !share.touchesStart
      return Cell(isAtEnd ? "▕" : glyphs.mark, Style(style.role, on: background))
    }
    if share.touchesEnd, !share.touchesStart {
      // The bar begins within the cell: an inverted block leaves its left part free.
      return Cell(Self.block(8 - eighths), Style(style.role, on: background, .reverse))
    }
    return Cell(Self.block(eighths), Style(style.role, on: background))
  }

  /// A block that fills the left `eighths` of a cell, 1 to 8.
  static func block(_ eighths: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(0x2590 - min(8, max(1, eighths)))) ?? "█"
  }

  /// Draws one lane into a row.
  func paint(
    _ lane: borrowing Lane, _ phase: Phase, style override: PhaseStyle? = nil, into frame: inout Frame,
    row: Int,
    column first: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    let style = override ?? self.style(phase)
    lane.shares(edges: viewport.edges, limit: limit) { column, share in
      if let cell = cell(share, width: viewport.width(of: column), style) {
        frame[first + column, row] = cell
      }
    }
  }
}
