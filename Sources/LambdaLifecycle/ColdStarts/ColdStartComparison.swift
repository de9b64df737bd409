/// The cold starts of two settings, part by part.
package struct ColdStartComparison: Sendable {
  /// Fewer say nothing at all.
  package static let fewest = 6
  /// A shorter one is not measured well enough.
  private static let leastChange = Nanoseconds(500_000)

  /// All of init first, then its parts as they stand in the second.
  package let rows: [ColdStartDifference]
  /// Compiled files were there in one of them alone: what is compared is that, whatever else may differ.
  package let mixesCompiledFiles: Bool
  /// So few rounds can say anything of so many parts.
  package let leastRounds: Int

  package init(from first: ColdStarts, to second: ColdStarts) {
    let names = partOrder(of: [second, first].map { $0.parts.map(\.name) })
    let empty = [Nanoseconds](repeating: 0, count: first.kept.count)
    let emptyToo = [Nanoseconds](repeating: 0, count: second.kept.count)
    let samples = names.map { (first[$0]?.lengths ?? empty, second[$0]?.lengths ?? emptyToo) }
    let canTell = min(first.kept.count, second.kept.count) >= Self.fewest
    let asked = names.indices.filter { place in
      [first[names[place]], second[names[place]]].contains { $0?.isTold == true && $0?.isOfFunction == true }
    }
    let chances = holmCorrected(asked.map { RankTest(samples[$0].0, samples[$0].1).p })
    let corrected = Dictionary(uniqueKeysWithValues: zip(asked, chances))
    let level = ColdStartDifference.level / Double(max(1, asked.count))
    // Too few rounds are those where not even two samples without a common value would show a difference.
    let hasRounds = RankTest.leastP(first.kept.count, second.kept.count) <= level
    rows = names.indices.map { place in
      let (one, other) = samples[place]
      let shift = Shift(from: one, to: other)
      let p = canTell ? corrected[place] : nil
      return ColdStartDifference(
        name: names[place], first: first[names[place]], second: second[names[place]], p: p, shift: shift,
        verdict: verdict(p, shift))

      func verdict(_ p: Double?, _ shift: Shift?) -> ColdStartDifference.Verdict {
        guard corrected[place] != nil else { return .none(nil) }
        guard let p, let shift, hasRounds else { return .tooFew }
        let differs = p < ColdStartDifference.level && abs(shift.value) >= Self.leastChange
        return differs ? .differs : .none(ColdStartDifference.need(one, other, level: level))
      }
    }
    leastRounds = RankTest.leastCount(level: level, from: Self.fewest)
    mixesCompiledFiles =
      first.compiledFiles != nil && second.compiledFiles != nil
      && (first.compiledFiles == .present) != (second.compiledFiles == .present)
  }

  /// All of init, which stands before all parts.
  package var whole: ColdStartDifference? { rows.first { $0.name == ColdStartPart.whole } }
}
