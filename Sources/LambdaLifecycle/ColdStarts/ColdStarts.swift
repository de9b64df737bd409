/// The cold starts of a function in one setting: what each part of them has cost.
package struct ColdStarts: Sendable {
  /// Cold starts with and without compiling of modules: the two cost so much apart that they are never in one
  /// figure.
  package enum CompiledFiles: Equatable, Sendable {
    /// No module had to be compiled.
    case present
    /// So many had to be, in most cold starts.
    case absent(Int)
  }

  /// Those that figures are made of.
  package let kept: [ColdStart]
  /// Those that are left out because their compiled files were not as those of the others.
  package let others: [ColdStart]
  /// Of those that are kept; nil where there are none.
  package let compiledFiles: CompiledFiles?
  /// All of it, and its parts, each before those inside of it.
  package let parts: [ColdStartPart]

  private let places: [InitPartName: Int]

  package init(_ all: [ColdStart]) {
    let compiling = all.filter { $0.compiledFiles ?? 0 > 0 }
    let quick = all.filter { $0.compiledFiles == 0 }
    let untold = all.filter { $0.compiledFiles == nil }
    // Of as many each, those that people hope for.
    var groups = [quick, compiling, untold]
    let most = groups.map(\.count).max()
    kept = groups.remove(at: groups.firstIndex { $0.count == most } ?? 0)
    others = groups.flatMap { $0 }
    let counts = kept.compactMap(\.compiledFiles).sorted()
    compiledFiles =
      counts.isEmpty ? nil : counts[0] == 0 ? .present : .absent(counts[(counts.count - 1) / 2])
    parts = ColdStartPart.all(of: kept)
    places = Dictionary(zip(parts.map(\.name), parts.indices)) { one, _ in one }
  }

  /// The time that compiling took in each of those that are kept.
  package var compiling: SortedLengths { SortedLengths(kept.map(\.compiling)) }

  package subscript(name: InitPartName) -> ColdStartPart? { places[name].map { parts[$0] } }

  /// The time of statements together in each cold start; nil where none has one of them.
  package func lengths(of statements: LineSelector) -> [Nanoseconds]? {
    let lengths = kept.map { statements.length(in: $0.parts) }
    return lengths.contains { $0 != nil } ? lengths.map { $0 ?? 0 } : nil
  }
}
