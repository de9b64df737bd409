internal import LambdaLifecycle

extension Viewer {
  /// Draws the lesson's words now: the sentence, and below it whose turn it is.
  func drawLesson(
    _ run: LessonRun, _ stage: Stage, into frame: inout Frame, _ hits: inout HitMap, rows: Range<Int>
  ) {
    guard rows.count > 1 else { return }
    frame.fill(
      row: rows.lowerBound, from: 0, to: frame.columns, with: Cell(painter.glyphs.rule, Style(.rule)))
    var row = rows.lowerBound + 1
    let count = "\(run.shown + 1) of \(run.lesson.steps.count)"
    // On a narrow screen the text needs every column: the count stands in the rule.
    let isNarrow = frame.columns < Self.columnsForCount
    frame.write(
      isNarrow ? " \(count) " : count, column: 1, row: isNarrow ? rows.lowerBound : row, style: Style(.quiet))
    let indent = isNarrow ? 1 : count.columnCount + 3
    let width = frame.columns - indent - 2
    let room = rows.upperBound - row - 1
    var lines = reveal(run).map { wrap($0, first: width, others: width) } ?? []
    let revealed = lines.count
    lines += wrap(sentence(run), first: width, others: width)
    // A question that has no room beside its choices stands above them; it matters more than the sentence's end.
    if let question = run.openQuestion,
      indent + asking(question).width >= frame.columns
    {
      let asked = wrap(question.text, first: width, others: width)
      let kept = fitting(lines, max(0, room - asked.count), width: frame.columns - indent - 1)
      // The sentence that has no row at all is what the sign before the question stands for.
      let sign = kept.isEmpty && !lines.isEmpty ? (painter.glyphs.isASCII ? ".. " : "… ") : ""
      lines = kept + wrap(sign + question.text, first: width, others: width)
    }
    for (place, line) in fitting(lines, max(1, room), width: frame.columns - indent - 1).enumerated() {
      // On the way to the next step the sentence is that of the one that was left.
      let style =
        run.course == .running
        ? Style(.quiet) : place < revealed ? Style(.strong, on: .screen, .bold) : Style(.strong)
      frame.write(line, column: indent, row: row, style: style)
      row += 1
    }
    drawPrompt(run, stage, into: &frame, &hits, row: rows.upperBound - 1, indent: indent)
  }

  /// From so many columns on, the count of the steps has room beside the text.
  private static var columnsForCount: Int { 60 }

  /// The first lines, with a sign that they go on where they do.
  private func fitting(_ lines: [String], _ room: Int, width: Int) -> [String] {
    guard room > 0, lines.count > room else { return Array(lines.prefix(room)) }
    let last = lines[room - 1] + " " + lines[room]
    return lines.prefix(room - 1) + [clipped(last, to: min(width, last.columnCount - 1))]
  }

  private func sentence(_ run: LessonRun) -> String {
    run.isMissed ? run.step.text + " (What this step waits for does not happen any more.)" : run.step.text
  }

  /// "You said twice; it is once.", or, where nothing was said, "How often will it run? Answer: once."
  private func reveal(_ run: LessonRun) -> String? {
    guard let (question, prediction) = run.revealed else { return nil }
    let right = question.choices[question.right]
    guard let prediction else { return "\(question.text) Answer: \(right)." }
    return prediction == question.right
      ? "You said \(right): right." : "You said \(question.choices[prediction]); it is \(right)."
  }

  /// Draws whose turn it is, and with which key.
  private func drawPrompt(
    _ run: LessonRun, _ stage: Stage, into frame: inout Frame, _ hits: inout HitMap, row: Int, indent: Int
  ) {
    let back =
      run.course == .holding && run.shown == 0 ? "m lessons" : "PgUp back \(painter.glyphs.dot) m lessons"
    let backColumn = frame.columns - back.columnCount - 1
    let choices: [StyledText]
    if let question = run.openQuestion {
      choices =
        ["Your prediction  ", "Predict  ", ""].map { asking(question, after: $0) }
        + [choosing(question), choosing(question, clippedTo: frame.columns - indent - 1)]
    } else {
      choices = [prompt(run, stage, isShort: false), prompt(run, stage, isShort: true)]
    }
    let line = choices.first { indent + $0.width < frame.columns }
    let end = line.map { frame.write($0, column: indent, row: row) } ?? indent
    if let line { hits.add(line, column: indent, row: row) }
    guard end + 2 <= backColumn else { return }
    frame.write(back, column: backColumn, row: row, style: Style(.quiet))
    for key in ["PgUp back", "m lessons"] {
      guard let place = back.firstRange(of: key) else { continue }
      let start = backColumn + back.distance(from: back.startIndex, to: place.lowerBound)
      let parts = key.split(separator: " ").map(String.init)
      hits.add(labels: parts[0], word: parts[1], row: row, column: start)
    }
  }

  private func prompt(_ run: LessonRun, _ stage: Stage, isShort: Bool) -> StyledText {
    let line = StyledText()
    switch run.course {
    case .away:
      return line.strong("You play freely.").plain("  ").key("n").plain(" back to step \(run.shown + 1)")
    case .running where stage.mode == .paused:
      return line.plain("On the way to the next step.  ", .quiet).key("space").plain(" goes on", .quiet)
    case .running:
      return line.plain("The clock runs to the next step.  ", .quiet).key("n").plain(" jumps there", .quiet)
    case .holding: break
    }
    if run.step.question != nil, let choice = run.predictions[run.shown], let question = run.step.question {
      let said = line.plain("Your prediction: ").strong(question.choices[choice]).plain(".  ")
      return turn(run, stage, after: isShort ? line : said, isShort: isShort)
    }
    return turn(run, stage, after: line, isShort: isShort)
  }

  /// - Parameter words: of what is asked for; empty where there is no room for them.
  private func asking(_ question: LessonQuestion, after words: String = "") -> StyledText {
    let line = StyledText().strong(words).plain(question.text + "  ", .strong)
    return choosing(question, after: line)
  }

  /// - Parameter width: what long choices are cut to, where there is not room for all of them.
  private func choosing(
    _ question: LessonQuestion, after line: StyledText = StyledText(), clippedTo width: Int = .max
  ) -> StyledText {
    let sign = painter.glyphs.isASCII ? "." : "…"
    let room = width / max(1, question.choices.count) - 6
    return question.choices.enumerated().reduce(line) { line, choice in
      let label = "\(choice.offset + 1)"
      let isWhole = choice.element.columnCount <= room
      let words = isWhole ? choice.element : choice.element.prefix(columns: max(0, room - 1)) + sign
      return line.key(label).word(" \(words)", of: label).plain("  ")
    }
  }

  private func turn(_ run: LessonRun, _ stage: Stage, after line: StyledText, isShort: Bool) -> StyledText {
    if let task = run.step.task {
      let words = task.words.isEmpty ? task.kind.words : task.words
      let asked = (isShort ? line : line.strong("Your turn  ").plain("press ")).key(task.kind.label).plain(
        " to \(words)")
      return isShort ? asked : asked.plain(", or ").key("space").plain(".")
    }
    if run.isAtEnd {
      let end = line.strong("The end of this lesson.  ").key("space")
      let next = stage.surroundings.nextLesson
      return next.isEmpty
        ? end.plain(" to the menu of lessons") : end.plain(" on to the next\(isShort ? "" : ": \(next)")")
    }
    return line.key("space").plain(" or ").key("PgDn").plain(" goes on")
  }
}

extension LessonTask.Kind {
  /// The command whose key it is.
  var command: Command {
    switch self {
    case .request: .request
    case .burst: .burst
    case .shutDown: .shutDown
    case .shutDownAll: .shutDownAll
    case .crash: .crash
    case .idleTimeout: .shorterIdleTimeout
    case .traffic: .moreTraffic
    case .options: .options
    }
  }

  var label: String { KeyTable.shortLabel(command) }

  /// The effect of the control, as words after "press i to".
  var words: String {
    switch self {
    case .request: "send a request"
    case .burst: "send a burst of requests"
    case .shutDown: "shut the environment down"
    case .shutDownAll: "shut all environments down"
    case .crash: "crash the environment"
    case .idleTimeout: "change the idle timeout"
    case .traffic: "start steady traffic"
    case .options: "change the settings"
    }
  }
}
