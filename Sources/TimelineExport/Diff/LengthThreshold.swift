extension Threshold {
  /// A limit of lengths: `> 300`, `<= 300ms`, or with its sign a change, `> +20ms`, `> +10%`.
  init(ofLengths words: Words) throws(ConditionMistake) {
    var bare = words
    if bare.limit.hasSuffix("ms") { bare.limit = String(bare.limit.dropLast(2)).trimmed }
    guard let number = bare.number, !number.isPercentage || bare.limit == words.limit else {
      throw ConditionMistake(
        description:
          "expected milliseconds or a change behind \(words.comparison.rawValue), as 300 or +10%, found \"\(words.limit)\""
      )
    }
    comparison = words.comparison
    switch (number.isSigned, number.isPercentage) {
    case (true, true): limit = .share(number.value / 100)
    case (true, false): limit = .milliseconds(number.value)
    case (false, false): limit = .value(number.value)
    case (false, true):
      throw ConditionMistake(
        description:
          "expected milliseconds, as 300, or a change with its sign, as +\(words.limit); found \"\(words.limit)\""
      )
    }
  }
}
