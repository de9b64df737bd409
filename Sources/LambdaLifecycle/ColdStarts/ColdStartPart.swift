/// The cost of one part of the cold starts of a setting, in each of them.
package struct ColdStartPart: Sendable {
  package var name: InitPartName
  /// Of a statement, where it began last; 0 for other parts.
  package var line: Int32 = 0
  /// Of a statement, how it read last, without literals that may be secrets; empty for other parts.
  package var text = ""
  package var depth = 0
  /// It counts in the sum; what does not is inside of something that does, or beside it.
  package var isPart = true
  /// One for each cold start; 0 where it was too short to be reported, or not there.
  package var lengths: [Nanoseconds] = []
  /// The number of cold starts that reported it.
  package var told = 0

  /// It was reported often enough to say something of it.
  package var isTold: Bool { told * 2 >= lengths.count && told > 0 }

  package var quantiles: SortedLengths { SortedLengths(lengths) }

  package var median: Nanoseconds { quantiles.median ?? 0 }

  /// All of an init, before its parts; where nothing divides it, one of these is called the same.
  package static let whole = InitPartName(file: "", text: "init", occurrence: -1)

  /// False: the hook's own time says nothing of the function.
  package var isOfFunction: Bool { name.text != "measuring" || !name.file.isEmpty }

  /// All of `starts` and their parts, in the order in which these stand in them.
  static func all(of starts: [ColdStart]) -> [ColdStartPart] {
    guard !starts.isEmpty else { return [] }
    let names = partOrder(of: starts.map { $0.parts.map(\.name) })
    var places = Dictionary(uniqueKeysWithValues: names.map { ($0, ColdStartPart(name: $0)) })
    for start in starts {
      let lengths = Dictionary(start.parts.map { ($0.name, $0) }) { one, _ in one }
      for name in names {
        places[name]?.lengths.append(lengths[name]?.length ?? 0)
        guard let part = lengths[name] else { continue }
        places[name]?.told += 1
        places[name]?.line = part.line
        places[name]?.text = StatementText.withoutLiterals(part.text, of: name.file)
        places[name]?.depth = part.depth
        places[name]?.isPart = part.isPart
      }
    }
    let whole = ColdStartPart(name: Self.whole, lengths: starts.map(\.length), told: starts.count)
    return [whole] + names.compactMap { places[$0] }
  }
}
