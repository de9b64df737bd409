import LambdaLifecycle
@testable import SwimlaneUI
import Testing

@Suite("Bars in ASCII with colours")
struct FilledBarTests {
  private func lanes(_ phase: Phase) -> Lanes {
    var lanes = Lanes()
    lanes.add(phase, 0, 40)
    return lanes
  }

  @Test("a bar's letters stand on their phase's colour, in its lane and where an environment is one bar")
  func filled() {
    for phase in Phase.allCases where phase != .frozen {
      let bar = lanes(phase).paint(ascii: true, hasColor: true).prefix(5)
      let role = BarPainter(glyphs: .ascii, hasColor: true).style(phase).role
      #expect(bar.allSatisfy { $0.style.foreground == .ink && $0.style.background == role }, "\(phase)")
      let letters = BarPainter(glyphs: .ascii, hasColor: true).style(phase).letter
      #expect(letters == " " || bar.map(\.glyph).contains(letters.value))
    }
    let lane = lanes(.invoke).paint(.invoke, ascii: true)
    #expect(lane.prefix(5).allSatisfy { $0.style.background == .invoke })
    #expect(lane.roles == "iiiii")
  }

  @Test("what is faint, hollow or shorter than an eighth of a cell is not filled")
  func notFilled() {
    #expect(lanes(.frozen).paint(ascii: true).allSatisfy { $0.style.background == .screen })
    var short = Lanes()
    short.add(.invoke, 20, 20)
    #expect(short.paint(.invoke, ascii: true)[2] == Cell("!", Style(.invoke)))
    var quiet = Lanes()
    quiet.timeline = Timeline(.rie)
    quiet.add(.invoke, 0, 8)
    quiet.add(.invoke, 48, 56)
    #expect(quiet.paint(.frozen, ascii: true).allSatisfy { $0.style.background == .screen })
  }

  @Test("without colours they stay letters on no background, and the characters are the same")
  func noColor() {
    for phase in Phase.allCases {
      let plain = lanes(phase).paint(ascii: true, hasColor: false)
      #expect(plain.allSatisfy { $0.style.background == .screen && $0.style.foreground != .ink })
      #expect(plain.text == lanes(phase).paint(ascii: true, hasColor: true).text)
    }
  }

  @Test("a fleet's pile, the legend and what stands in a bar have the same colours")
  func others() {
    let painter = BarPainter(glyphs: .ascii, hasColor: true)
    #expect(painter.pile(running: 8, starting: 0, idle: 0) == Cell("#", Style(.ink, on: .invoke)))
    #expect(painter.pile(running: 0, starting: 0, idle: 5)?.style.background == .screen)
    #expect(painter.textLook(painter.style(.initialization)) == Style(.ink, on: .initialization, .bold))
    let show = Show(ascii: true)
    let invoke = show.viewer.legend.first { $0.title == Phase.invoke.title }
    #expect(invoke?.cells.allSatisfy { $0.style.background == .invoke } == true)
  }
}
