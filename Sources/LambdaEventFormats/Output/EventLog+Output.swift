internal import LambdaLifecycle

extension EventLog {
  /// True if a function's output is among the events from `first` on.
  @inline(__always)
  func hasOutput(from first: Int) -> Bool {
    for index in first..<events.count {
      if case .output(.function, _) = events[index].kind { return true }
    }
    return false
  }

  /// Reads the function's output among the events from `first` on: behind a line that marks something comes
  /// the mark; the cost of an import or of a statement of init takes the place of its line. The one place
  /// where output becomes events.
  ///
  /// - Parameter isTimed: false where lines of output have no time of their own: then a begin or an end is a
  ///   moment, because the length between them is unknown.
  package mutating func readOutput(from first: Int, isTimed: Bool) {
    var rewritten: [LifecycleEvent]?
    for index in first..<events.count {
      let event = events[index]
      guard case .output(.function, let range) = event.kind,
        let said = text.withBytes(range, { OutputLine($0) }) ?? nil
      else {
        rewritten?.append(event)
        continue
      }
      var told = event
      var tail = rewritten ?? Array(events[first..<index])
      rewritten = nil  // so that the tail is not copied
      switch said {
      case .mark(let name, let edge):
        told.kind = .mark(isTimed ? Mark(catalog.name(name), edge) : untimed(name, edge))
        tail += [event, told]
      case .importTime(let name, let own, let total, let depth):
        told.kind = .imported(ImportTime(catalog.name(name), own: own, total: total, depth: depth))
        tail.append(told)
      case .code(let code):
        for kind in kinds(of: code) {
          told.kind = kind
          tail.append(told)
        }
      }
      rewritten = tail
    }
    if let rewritten { events.replaceSubrange(first..., with: rewritten) }
  }

  private mutating func untimed(_ name: String, _ edge: Mark.Edge) -> Mark {
    let name = edge == .moment ? name : "\(name) \(edge.wireName)"
    return Mark(catalog.name(name), .moment)
  }

  private mutating func kinds(of code: CodeTimeLine) -> [LifecycleEvent.Kind] {
    switch code {
    case .line(let statement):
      let file = catalog.name(statement.file)
      let line = self.statement(
        statement.file, line: statement.line, text: statement.text, length: statement.length,
        begin: statement.begin)
      return [.lineRan(line)]
        + statement.packages.map {
          .packageImported(
            PackageTime(
              file, line: statement.line, name: name(ifAny: $0.name), importer: name(ifAny: $0.importer),
              count: $0.count, length: $0.length))
        }
    case .module(let module):
      return [
        .moduleImported(
          ModuleTime(
            catalog.name(module.file), length: module.length, process: module.process,
            client: module.client, compiledFiles: module.compiledFiles, compiling: module.compiling,
            measuring: module.measuring))
      ]
    }
  }

  private mutating func name(ifAny text: String) -> Name { text.isEmpty ? .none : catalog.name(text) }
}
