import Foundation
import SwimlaneUI
import Testing

/// Contrast as WCAG 2 computes it, of the 256-colour palette as xterm defines it.
@Suite("Themes")
struct ThemeTests {
  /// Backgrounds that terminals of each kind have.
  private static let themes: [(theme: Theme, screens: [Color])] = [
    (.dark, [Color(gray: 0), Color(gray: 0x1C)]), (.light, [Color(gray: 0xFF), Color(gray: 0xEE)]),
  ]
  private static let bars: [Role] = [
    .create, .extensionInit, .runtimeInit, .functionInit, .initialization, .restore, .invoke, .frozen,
    .shutdown,
  ]

  @Test("no text is quieter than 4.5 to 1")
  func text() {
    for (theme, screens) in Self.themes {
      // Lengths in a frozen line are text too.
      for role in [Role.text, .quiet, .strong, .bad, .frozen] {
        for screen in screens {
          #expect(theme.ink(role).contrast(to: screen) >= 4.5, "\(theme.name) \(role)")
        }
      }
      for role in [Role.text, .quiet, .strong] {
        #expect(theme.ink(role).contrast(to: theme.ink(.bar)) >= 4.5, "\(theme.name) \(role) on a bar")
      }
      for phase in Self.bars where phase != .frozen && phase != .shutdown {
        #expect(theme.ink(.ink).contrast(to: theme.ink(phase)) >= 4.5, "\(theme.name) ink on \(phase)")
      }
    }
  }

  @Test("bars and lines stand out by 3 to 1")
  func graphics() {
    for (theme, screens) in Self.themes {
      for role in Self.bars + [.rule] {
        for screen in screens {
          #expect(theme.ink(role).contrast(to: screen) >= 3, "\(theme.name) \(role)")
        }
      }
    }
  }

  @Test("filled bars differ for eyes without red, green or blue", arguments: Vision.allCases)
  func colorBlindness(vision: Vision) {
    let filled: [Role] = [.create, .extensionInit, .runtimeInit, .functionInit, .restore, .invoke]
    for (theme, _) in Self.themes {
      for (index, one) in filled.enumerated() {
        for other in filled[(index + 1)...] {
          let distance = theme.ink(one).seen(vision).distance(to: theme.ink(other).seen(vision))
          #expect(distance >= 10, "\(theme.name): \(one) and \(other)")
        }
      }
    }
  }

  @Test("accents of the interface are grey: colours belong to phases and to failures")
  func grey() {
    for (theme, _) in Self.themes {
      for role in [Role.text, .quiet, .strong, .bar, .rule, .create] {
        let color = theme.ink(role)
        #expect(color.red == color.green && color.green == color.blue, "\(theme.name) \(role)")
      }
    }
  }
}

/// How eyes see colours: with all three kinds of cones, or without one of them.
enum Vision: CaseIterable {
  case full, noRed, noGreen, noBlue

  /// Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
  var matrix: [[Double]] {
    switch self {
    case .full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .noRed:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .noGreen:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .noBlue:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }
}

/// Linear light, 0 to 1.
struct Color {
  var red, green, blue: Double

  init(gray: Int) { self.init([gray, gray, gray].map(Self.linear)) }

  init(_ parts: [Double]) { (red, green, blue) = (parts[0], parts[1], parts[2]) }

  /// 16 to 255: a cube of six steps each, then 24 greys.
  init(palette index: Int) {
    if index >= 232 {
      self.init(gray: 8 + 10 * (index - 232))
    } else {
      let steps = [0, 95, 135, 175, 215, 255]
      let place = index - 16
      self.init([place / 36, place / 6 % 6, place % 6].map { Self.linear(steps[$0]) })
    }
  }

  private static func linear(_ value: Int) -> Double {
    let part = Double(value) / 255
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
  }

  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  func contrast(to other: Color) -> Double {
    (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
  }

  func seen(_ vision: Vision) -> Color {
    Color(vision.matrix.map { min(1, max(0, $0[0] * red + $0[1] * green + $0[2] * blue)) })
  }

  /// In CIE L*a*b*: 2 is just seen, 100 is black and white.
  func distance(to other: Color) -> Double {
    zip(lab, other.lab).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  private var lab: [Double] {
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    let parts = [x, luminance, z].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
  }
}

extension Theme {
  fileprivate func ink(_ role: Role) -> Color { Color(palette: Int(color(role, .many))) }
}
