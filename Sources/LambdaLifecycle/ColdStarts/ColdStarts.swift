/// The cold starts of a function in one setting: what each part of them has cost.
package struct ColdStarts: Sendable {
  /// Whether modules were compiled in a cold start: the two cost so much apart that they are never in one figure.
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
  /// What all took, and their parts, each before those inside of it.
  package let parts: [ColdStartPart]

  package init(_ all: [ColdStart]) {
    let compiling = all.filter { $0.compiledFiles > 0 }
    let quick = all.filter { $0.compiledFiles == 0 }
    // Of as many each, those that people hope for.
    kept = quick.count >= compiling.count ? quick : compiling
    others = quick.count >= compiling.count ? compiling : quick
    let counts = kept.map(\.compiledFiles).sorted()
    compiledFiles =
      counts.isEmpty ? nil : counts[0] == 0 ? .present : .absent(counts[(counts.count - 1) / 2])
    parts = ColdStartPart.all(of: kept)
  }

  /// What compiling took in each of those that are kept.
  package var compiling: Quantiles {
    kept.reduce(into: Quantiles()) { $0.record($1.compiling) }
  }

  package subscript(name: InitPartName) -> ColdStartPart? { parts.first { $0.name == name } }

  /// What statements took together in each cold start that have a text in them, or stand at `FILE:LINE`; nil where there is none.
  /// Those inside of another one of them are in that.
  package func statements(with text: String) -> [Nanoseconds]? {
    var isKnown = false
    let sums = kept.map { start in
      var sum = Nanoseconds(0)
      var outermost = Int.max
      for part in start.parts where !part.name.file.isEmpty && part.line > 0 {
        if part.depth <= outermost { outermost = .max }
        guard outermost == .max,
          part.stands(at: text) || part.text.contains(text) || part.name.text.contains(text)
        else { continue }
        outermost = part.depth
        isKnown = true
        sum = sum &+ part.length
      }
      return sum
    }
    return isKnown ? sums : nil
  }
}

extension ColdStart.Part {
  fileprivate func stands(at text: String) -> Bool { text == "\(name.file):\(line)" }
}
