// The name of the file that a session is saved to, typed in the footer.

extension Viewer {
  /// A key while the name is typed.
  mutating func typeName(_ key: Key) -> Effect? {
    switch key {
    case .character(let scalar) where scalar.oneColumn == scalar: saveName?.unicodeScalars.append(scalar)
    case .backspace: _ = saveName?.popLast()
    case .enter:
      defer { saveName = nil }
      return saveName.flatMap { $0.isEmpty ? nil : .save($0) }
    case .escape: saveName = nil
    case .interrupt: return .quit
    case .suspend: return .suspend
    default: break
    }
    return nil
  }

  func drawSavePrompt(_ name: String, into frame: inout Frame, row: Int) {
    var column = frame.write(" save to: ", column: 0, row: row, style: Style(.quiet, on: .bar))
    // The end of a long name is what is being typed.
    let room = max(0, frame.columns - column - 2)
    let shown = String(String.UnicodeScalarView(name.unicodeScalars.suffix(room)))
    column = frame.write(shown, column: column, row: row, style: Style(.strong, on: .bar, .bold))
    column = frame.write("_", column: column, row: row, style: Style(.strong, on: .bar))
    let hint = "   NAME.yaml a scenario  NAME.jsonl a recording  esc cancel"
    if column + hint.unicodeScalars.count < frame.columns {
      frame.write(hint, column: column, row: row, style: Style(.quiet, on: .bar))
    }
  }
}
