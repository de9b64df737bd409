internal import LambdaLifecycle

extension Viewer {
  /// The waits of a function's callers, cold and warm; no piece where nobody has waited yet.
  func waited(_ figures: FunctionAccount) -> StyledText {
    let waits: [(Unicode.Scalar, Nanoseconds?)] = [
      (painter.glyphs.coldRequest, figures.waits.cold.median),
      (painter.glyphs.warmRequest, figures.waits.warm.median),
    ]
    return waits.reduce(StyledText()) { line, wait in
      guard let length = wait.1 else { return line }
      return line.plain("\(line.pieces.isEmpty ? "" : " ")\(wait.0) ", .quiet).strong(text(ofLength: length))
    }
  }

  /// The cost so far; no piece where there is none yet.
  func cost(_ figures: FunctionAccount) -> StyledText {
    let cost = PriceTable().cost(of: figures)
    return cost > 0 ? StyledText().strong(text(ofDollars: cost)) : StyledText()
  }

  /// The same with the time that is billed.
  func billed(_ figures: FunctionAccount) -> StyledText {
    let cost = cost(figures)
    guard !cost.pieces.isEmpty else { return cost }
    let milliseconds = StyledText().plain("billed ", .quiet).strong(
      "\(grouped(Int(figures.milliseconds))) ms")
    return milliseconds.plain(" \(painter.glyphs.dot) ", .quiet).joined(cost)
  }

  /// The waits of each function's callers and its cost, side by side, in a lesson that compares functions;
  /// with less and less of it where there is no room.
  func compared(_ stage: Stage, columns: Int) -> StyledText? {
    guard stage.functions.contains(where: { !waited($0.figures).pieces.isEmpty }) else { return nil }
    let ladder: [(FunctionAccount) -> [StyledText]] = [
      { [self.waited($0), self.billed($0)] }, { [self.waited($0), self.cost($0)] }, { [self.waited($0)] },
    ]
    for parts in ladder {
      for words in ["callers waited  ", ""] {
        let line = stage.functions.enumerated().reduce(StyledText().plain(words, .quiet)) { line, function in
          let name = line.plain("\(function.offset > 0 ? "   " : "")\(function.element.name)", .quiet)
          return parts(function.element.figures).filter { !$0.pieces.isEmpty }.reduce(name) {
            $0.plain(" ").joined($1)
          }
        }
        if line.width <= columns { return line }
      }
    }
    return nil
  }
}
