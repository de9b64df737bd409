package import LambdaEventFormats
internal import LambdaLifecycle

/// A name of log groups in which `*` stands for any text.
package struct LogGroupPattern: Sendable {
  /// Its name is the pattern.
  package var group: LogGroup

  package init(_ group: LogGroup) { self.group = group }

  package var hasWildcard: Bool { group.name.contains("*") }

  /// The prefix that AWS is asked for: names begin with this.
  var prefix: String { String(group.name.prefix { $0 != "*" }) }

  func matches(_ name: String) -> Bool { Wildcard(group.name).matches(name) }

  /// The log groups of all patterns, each once, in the order of their names.
  /// - Throws: `SourceError`: there is no `aws`, it has failed, or a name matches nothing.
  package static func expand(
    _ patterns: [LogGroupPattern], _ errand: ErrandProgress
  ) async throws -> [LogGroupDescription] {
    try AWSCommand.check()
    errand.show("asking for the names of log groups")
    let found = try await each(patterns, atOnce: 4) { pattern in
      var words = pattern.group.words("describe-log-groups")
      if !pattern.prefix.isEmpty { words += ["--log-group-name-prefix", pattern.prefix] }
      guard let all = LogGroupListing.read(try await AWSQuestion(words: words, errand: errand).answer())
      else {
        throw SourceError.aws(
          "aws logs describe-log-groups: expected a list of log groups, found something else")
      }
      let matching = all.filter { pattern.matches($0.name) }
      guard !matching.isEmpty else { throw SourceError.noLogGroup(pattern.group.name) }
      return matching
    }
    var names: Set<String> = []
    return found.joined().filter { names.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }
}
