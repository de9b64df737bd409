internal import LambdaLifecycle

/// A choice of the environments that are listed: `state:frozen source:rie fn:hello text`. All terms have to
/// fit.
struct EnvironmentFilter: Equatable {
  enum Field: CaseIterable {
    case function, environment, source, state
    /// Any of the others.
    case any

    /// How it is written before the colon, the short form first.
    var names: [String] {
      switch self {
      case .function: ["fn", "function"]
      case .environment: ["env", "environment"]
      case .source: ["source"]
      case .state: ["state"]
      case .any: []
      }
    }
  }

  struct Term: Equatable {
    var field: Field
    /// In small letters, not empty.
    var text: String
  }

  private(set) var terms: [Term] = []
  /// The expected and the found text, for the first term that means nothing; nil if all have a meaning.
  private(set) var mistake: String?

  /// The terms that may be typed, for the prompt.
  static let hint = "fn:NAME env:NAME source:NAME state:STATE or text"

  init(_ text: String) {
    for word in text.lowercased().split(separator: " ") {
      guard let colon = word.firstIndex(of: ":") else {
        terms.append(Term(field: .any, text: String(word)))
        continue
      }
      let (name, value) = (String(word[..<colon]), String(word[word.index(after: colon)...]))
      guard let field = Field.allCases.first(where: { $0.names.contains(name) }) else {
        mistake = mistake ?? "expected fn:, env:, source: or state:, found \(name):"
        continue
      }
      if value.isEmpty { continue }
      if field == .state, !Self.isState(value) {
        mistake = mistake ?? "no state is called \(value); states: \(Self.stateNames)"
        continue
      }
      terms.append(Term(field: field, text: value))
    }
  }

  private static let stateNames =
    (EnvironmentState.allCases.map(\.shortTitle) + ["failed"]).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }.joined(separator: " ")

  private static func isState(_ text: String) -> Bool {
    isFailed(text) || EnvironmentState.allCases.contains { Self.matches($0, text) }
  }

  private static func matches(_ state: EnvironmentState, _ text: String) -> Bool {
    state.title.lowercased().contains(text) || state.shortTitle.lowercased().contains(text)
  }

  private static func isFailed(_ text: String) -> Bool { text.count > 2 && "failed".hasPrefix(text) }

  /// True if other environments may pass at another moment.
  var dependsOnTime: Bool { terms.contains { [.state, .any].contains($0.field) } }

  /// True if an environment passes at a moment.
  func passes(
    _ track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, _ catalog: Catalog,
    at time: Timestamp,
    inputEnd: Timestamp
  ) -> Bool {
    for term in terms {
      guard
        fits(term, track.id, catalog)
          || [.state, .any].contains(term.field)
            && state(track, timeline, at: time, inputEnd: inputEnd, term.text)
      else { return false }
    }
    return true
  }

  /// True if an environment passes by its names alone.
  func passes(_ environment: EnvironmentID, _ catalog: Catalog) -> Bool {
    terms.allSatisfy { fits($0, environment, catalog) }
  }

  /// True if requests for a function pass that no environment has taken: where functions alone are named.
  func passes(requestsFor function: Name, _ catalog: Catalog) -> Bool {
    !terms.isEmpty
      && terms.allSatisfy {
        $0.field == .function && catalog.text(function).lowercased().contains($0.text)
      }
  }

  /// True if a term fits by names.
  private func fits(_ term: Term, _ id: EnvironmentID, _ catalog: Catalog) -> Bool {
    switch term.field {
    case .function: function(id, catalog, term.text)
    case .environment: environment(id, catalog, term.text)
    case .source: source(id, catalog, term.text)
    case .state: false
    case .any:
      environment(id, catalog, term.text) || function(id, catalog, term.text)
        || catalog[catalog.source(of: id)].name.lowercased().contains(term.text)
    }
  }

  private func environment(_ id: EnvironmentID, _ catalog: Catalog, _ text: String) -> Bool {
    catalog.text(id).lowercased().contains(text)
  }

  private func function(_ id: EnvironmentID, _ catalog: Catalog, _ text: String) -> Bool {
    catalog.text(catalog.function(of: id)).lowercased().contains(text)
  }

  /// By its name, or by what it is.
  private func source(_ id: EnvironmentID, _ catalog: Catalog, _ text: String) -> Bool {
    let source = catalog[catalog.source(of: id)]
    return [source.name, source.kind.rawValue, source.kind.title].contains { $0.lowercased().contains(text) }
  }

  private func state(
    _ track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, at time: Timestamp,
    inputEnd: Timestamp, _ text: String
  ) -> Bool {
    Self.matches(track.state(at: time, inputEnd: inputEnd), text)
      || Self.isFailed(text) && hasFailed(track, timeline, by: time)
  }

  /// A phase of it, or one of its latest requests, has ended badly.
  private func hasFailed(
    _ track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, by time: Timestamp
  ) -> Bool {
    for lane in EnvironmentTrack.LaneIndex.failures
    where track[lane].starts.count(upTo: time) > 0 {
      return true
    }
    return track.rows.prefix(track.rowCount(upTo: time)).suffix(200).contains { row in
      guard row.request >= 0 else { return false }
      let request = timeline.requests[Int(row.request)]
      return request.outcome.isBad && request.answered <= time
    }
  }
}

extension Viewer {
  /// Something may be filtered away.
  var isFiltered: Bool { !EnvironmentFilter(filter).terms.isEmpty }

  /// The title, with a word where only what passes the filter is counted or listed.
  func titled(_ title: String) -> String {
    isFiltered ? "\(title) \(painter.glyphs.dot) filtered" : title
  }
}

extension Viewer {
  /// The filter in the footer, with what may be typed or what is wrong with it.
  func drawFilter(into frame: inout Frame, _ hits: inout HitMap, row: Int) {
    var column = frame.write(" filter: ", column: 0, row: row, style: Style(.quiet, on: .bar))
    column = frame.write(filter, column: column, row: row, style: Style(.strong, on: .bar, .bold))
    if isTyping { column = frame.write("_", column: column, row: row, style: Style(.strong, on: .bar)) }
    column += 3
    let mistake = EnvironmentFilter(filter).mistake
    if let mistake {
      let text = clipped(mistake, to: max(0, frame.columns - column - 1))
      frame.write(text, column: column, row: row, style: Style(.strong, on: .bar, .bold))
      return
    }
    for (label, word) in isTyping
      ? [("enter", "keep"), ("esc", "clear")] : [("esc", "clear"), ("n", "next")]
    {
      hits.add(labels: label, word: word, row: row, column: column)
      column = frame.write("\(label) \(word)  ", column: column, row: row, style: Style(.quiet, on: .bar))
    }
    if isTyping, column + 1 + EnvironmentFilter.hint.columnCount < frame.columns {
      frame.write(EnvironmentFilter.hint, column: column + 1, row: row, style: Style(.quiet, on: .bar))
    }
  }
}
