package import CursesTerminal
package import EventSources
internal import LambdaEventFormats
package import LambdaLifecycle
internal import TimelineExport

extension Input {
  /// The error for an input of which nothing is understood: what was expected, what was found, what to type.
  var notUnderstood: String {
    let name = status.name
    guard status.lines > 0 else { return "\(name): \(Input.expected), found nothing." }
    let count = Input.lines(status.lines)
    let form = ForeignForm(firstLine)
    let first = firstLine.isEmpty ? "" : "\n  the first line: \(Input.shown(firstLine))"
    let known = form.map { ": this looks like \($0.name)" } ?? ""
    guard let format else {
      if firstLine.isEmpty { return "\(name): \(Input.expected), found nothing but blank lines." }
      let advice =
        form?.advice ?? "If it is one of them, name it with --from; docs/sources.md has a command for each."
      return "\(name): \(Input.expected), found \(count) of something else\(known). \(advice)\(first)"
    }
    if !isNamed, form == nil, outputs > 0 {
      return """
        \(name): read as \(format.rawValue), found \(Input.lines(outputs)) of output and nothing of an environment or a \
        request: Lambda's own lines, as START and REPORT, are not there. Fetch the log without a filter.\(first)
        """
    }
    let leave = isNamed ? "Leave --from out, or name another" : "If it is something else, name it with --from"
    let advice = form?.advice ?? "\(leave): \(StreamFormat.names)."
    return """
      \(name): read as \(format.rawValue), \(count) tell\(status.lines == 1 ? "s" : "") nothing of an environment or a \
      request\(known). \(advice)\(first)
      """
  }

  private static func lines(_ count: Int) -> String { "\(count) line\(count == 1 ? "" : "s")" }

  private static let expected = """
    expected output of the Runtime Interface Emulator, sam local, LocalStack or cargo lambda, of aws logs or sam logs, \
    Telemetry API events or a lanes recording
    """

  /// The beginning of a line of somebody else, fit for a terminal.
  private static func shown(_ line: String) -> String {
    let text = line.printable
    return text.count > 120 ? text.prefix(119) + "…" : text
  }
}

extension Inputs {
  /// Checks that all inputs were read to their ends, and understood.
  /// - Throws: `Failure` of the first that was not.
  func checkEnd() throws {
    if let failure { throw Failure(description: failure) }
    try checkUnderstood()
  }

  /// Checks that something was understood of all inputs that have ended.
  /// - Throws: `Failure` of the first that was not.
  func checkUnderstood() throws {
    if let refusal { throw Failure(description: refusal) }
    if let unknown = inputs.first(where: { !$0.isUnderstood && $0.status.state == .ended }) {
      throw Failure(description: unknown.notUnderstood)
    }
  }

  /// As `checkUnderstood`, for somebody who has seen on the screen how commands ended.
  /// - Throws: `Failure` of the first input that was not understood.
  func checkUnderstoodByUser() throws {
    if let refusal { throw Failure(description: refusal) }
    if let unknown = inputs.first(where: {
      !$0.isUnderstood && $0.status.state == .ended && $0.status.end.isEmpty && $0.status.lines > 0
    }) {
      throw Failure(description: unknown.notUnderstood)
    }
  }

  /// Inputs that are reported as not understood: all of their lines, or their
  /// first thousand, showed no format.
  var notUnderstood: [Int] {
    inputs.indices.filter { place in
      let input = inputs[place]
      guard !input.isUnderstood, input.refusal == nil, input.status.lines > 0 else { return false }
      return hasEnded || (input.format == nil && input.status.lines >= 1_000)
    }
  }

  /// Reads until something of each input is understood or all have ended, but not for long: no screen is opened for
  /// inputs that we do not understand.
  /// - Throws: `Failure` of an input that is not understood; `ProgramEnd` at a signal.
  package func readAhead(into log: inout EventLog, until signals: borrowing SignalDescriptor) throws {
    let deadline = ContinuousClock.now + .milliseconds(500)
    while !isOver, !inputs.allSatisfy({ $0.isUnderstood || $0.status.state.isOver }),
      ContinuousClock.now < deadline
    {
      wait(or: signals.descriptor, milliseconds: 50)
      if let signal = signals.read().first(where: { PlainRun.endings.contains($0) }) {
        throw ProgramEnd(status: 128 + signal)
      }
      read(into: &log, maxBytes: 1 << 20)
    }
    try checkUnderstood()
  }
}
