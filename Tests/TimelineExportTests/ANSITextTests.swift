import SwimlaneUI
import Testing

@testable import TimelineExport

@Suite("Frames as a terminal understands them")
struct ANSITextTests {
  /// The first row of a terminal after these frames: `>` for the second half of a wide character.
  private func shown(_ frames: [Frame]) -> String {
    var ansi = ANSIText(theme: .dark)
    var cells = Array(repeating: Unicode.Scalar(" "), count: frames[0].columns)
    for frame in frames {
      var column = 0
      var rest = ansi.changes(to: frame).unicodeScalars[...]
      while let scalar = rest.popFirst() {
        guard scalar == "\u{1B}" else {
          cells[column] = scalar
          if scalar.columns == 2 { cells[column + 1] = ">" }
          column += scalar.columns
          continue
        }
        let sequence = String(rest.prefix { $0 != "m" && $0 != "H" && $0 != "l" && $0 != "J" })
        let end = rest[rest.index(rest.startIndex, offsetBy: sequence.count)]
        rest = rest.dropFirst(sequence.count + 1)
        if end == "H", let number = sequence.split(separator: ";").last.flatMap({ Int($0) }) {
          column = number - 1
        }
      }
    }
    return String(String.UnicodeScalarView(cells))
  }

  private func row(_ text: String, at column: Int = 0) -> Frame {
    var frame = Frame(columns: 8, rows: 1)
    frame.write(text, column: column, row: 0)
    return frame
  }

  @Test("a wide character takes two columns, and whatever changes leaves none of its halves")
  func wide() {
    let texts = ["a注文b", "a日文b", "ab注文", "axyzwb", "注文注文", " 注文注", "é🎉한", ""]
    for first in texts {
      #expect(shown([row(first)]) == shown([row(""), row(first)]))
      for second in texts {
        let both = shown([row(first), row(second)])
        #expect(both == shown([row(second)]), "\(first) then \(second)")
        #expect(both.replacing(">", with: "").hasPrefix(second))
      }
    }
  }
}
