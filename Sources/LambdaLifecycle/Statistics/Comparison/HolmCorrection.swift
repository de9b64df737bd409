/// Several tests' chances, corrected for all of them being asked at once: so corrected, one in a hundred
/// families in which nothing differs calls a difference at 0.01, however many tests it has (Holm).
package func holmCorrected(_ chances: [Double]) -> [Double] {
  var corrected = chances
  var least = 0.0
  for (place, index) in chances.indices.sorted(by: { chances[$0] < chances[$1] }).enumerated() {
    least = max(least, min(1, chances[index] * Double(chances.count - place)))
    corrected[index] = least
  }
  return corrected
}
