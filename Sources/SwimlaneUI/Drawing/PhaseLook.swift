package import LambdaLifecycle

/// How a phase looks on screens and in pictures: its colour, its pattern, its letter, its words where there is little room.
package struct PhaseLook: Sendable {
  /// The glyphs of its bars.
  package enum Fill: Sendable {
    /// Blocks in its colour, with ends finer than a cell; a pattern where there are no colours.
    case solid(pattern: Unicode.Scalar, ascii: Unicode.Scalar)
    /// A pattern in every case.
    case pattern(Unicode.Scalar, ascii: Unicode.Scalar)
    /// A faint line, the glyph of which is the set's own.
    case line
  }

  package var role: Role
  package var fill: Fill
  /// Stands in its part of an environment that is one bar; a space for none.
  package var letter: Unicode.Scalar = " "
  /// At most 16 columns; nil where its title has no more.
  package var shortTitle: StaticString?

  /// True if its bars are a pattern, on which no length can be read.
  package var isPatterned: Bool { if case .pattern = fill { true } else { false } }
}

extension Phase {
  /// How it is drawn, wherever it is.
  @inline(__always)
  package var look: PhaseLook {
    switch self {
    case .create: PhaseLook(role: .create, fill: .solid(pattern: "░", ascii: "c"), letter: "C")
    case .extensionInit:
      PhaseLook(role: .extensionInit, fill: .solid(pattern: "▌", ascii: "e"), letter: "E")
    case .runtimeInit: PhaseLook(role: .runtimeInit, fill: .solid(pattern: "▓", ascii: "r"), letter: "R")
    case .functionInit: PhaseLook(role: .functionInit, fill: .solid(pattern: "▄", ascii: "f"), letter: "F")
    case .initialization: PhaseLook(role: .initialization, fill: .pattern("▒", ascii: "="))
    case .restore: PhaseLook(role: .restore, fill: .solid(pattern: "▀", ascii: "t"), letter: "T")
    case .invoke: PhaseLook(role: .invoke, fill: .solid(pattern: "█", ascii: "#"), letter: "I")
    case .frozen: PhaseLook(role: .frozen, fill: .line)
    // One colour, because it is one phase with one limit; its parts differ by their patterns.
    case .shutdown: PhaseLook(role: .shutdown, fill: .pattern("▚", ascii: "%"), letter: "S")
    case .runtimeShutdown: PhaseLook(role: .shutdown, fill: .pattern("▙", ascii: "/"), letter: "S")
    case .extensionShutdown:
      PhaseLook(
        role: .shutdown, fill: .pattern("▥", ascii: "\\"), letter: "X", shortTitle: "ext. shutdown")
    }
  }
}
