/// The title of a scenario and the line on what it teaches, read without the rest: as soon as both are known, the reading ends.
package struct ScenarioHeading: Equatable, Sendable {
  package private(set) var title = ""
  package private(set) var about = ""

  /// - Parameter bytes: a scenario as `ScenarioFile` reads it. Mistakes in what follows the two are not found.
  /// - Throws: the first mistake in the text as YAML before both are known.
  package init(of bytes: [UInt8], name: String) throws(ScenarioMistakes) {
    do {
      self = try bytes.withUnsafeBufferPointer { (text) throws(YAMLDocument.Problem) in
        try ScenarioHeading(text)
      }
    } catch {
      throw ScenarioMistakes(error.text, at: .line(error.line, column: error.column), in: name)
    }
  }

  private init(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLDocument.Problem) {
    var events = YAMLEvents(text)
    var depth = 0
    var key: String?
    while title.isEmpty || about.isEmpty {
      switch try events.next().kind {
      case .streamEnd: return
      // No scenario is a list.
      case .listBegin where depth == 0: return
      case .mappingBegin, .listBegin:
        depth += 1
        key = nil
      case .end: depth -= 1
      case .scalar(let text, _) where depth == 1:
        if let known = key { note(text, of: known) }
        key = key == nil ? text : nil
      case .alias where depth == 1: key = nil
      case .scalar, .alias, .documentBegin, .other: break
      }
    }
  }

  private mutating func note(_ text: String, of key: String) {
    switch key {
    case "title": title = text
    case "about": about = text
    default: break
    }
  }
}
