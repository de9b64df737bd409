/// A text without marks: a letter and its marks are one scalar where Unicode has one (`e` and U+0301 are `é`), other marks
/// are left out, and so are joiners and variation selectors. Each scalar stands for itself on a screen.
package struct ComposedScalars<Base: Sequence>: Sequence, IteratorProtocol
where Base.Element == Unicode.Scalar {
  private var base: Base.Iterator
  private var ahead: Unicode.Scalar?

  package init(_ text: Base) {
    base = text.makeIterator()
    ahead = base.next()
    // Marks on nothing.
    while let mark = ahead, mark.isMark { ahead = base.next() }
  }

  package mutating func next() -> Unicode.Scalar? {
    guard var scalar = ahead else { return nil }
    ahead = base.next()
    while let mark = ahead, mark.isMark {
      scalar = composed(scalar, mark) ?? scalar
      ahead = base.next()
    }
    return scalar
  }
}

/// The one scalar that a letter and a mark are, if there is one.
private func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
  if mark.value < 0x1161 || mark.value > 0x11C2 {
    return compositions[String(String.UnicodeScalarView([letter, mark]))]
  }
  // Hangul is counted: 28 ends for each of 21 vowels for each beginning.
  if (0x1100...0x1112).contains(letter.value), mark.value <= 0x1175 {
    return Unicode.Scalar(0xAC00 + ((letter.value - 0x1100) * 21 + mark.value - 0x1161) * 28)
  }
  let syllable = letter.value &- 0xAC00
  guard syllable < 11_172, syllable % 28 == 0, mark.value >= 0x11A8 else { return nil }
  return Unicode.Scalar(letter.value + mark.value - 0x11A7)
}

/// Letters of Latin, Greek, Cyrillic and Japanese by themselves: strings are equal where Unicode says that they mean the
/// same, so each is found by its letter and marks.
private let compositions: [String: Unicode.Scalar] = {
  var found: [String: Unicode.Scalar] = [:]
  let blocks: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF, 0x3040...0x30FF]
  for scalar in blocks.joined().compactMap({ Unicode.Scalar($0) }) where scalar.isShown {
    let text = String(scalar)
    if found[text] == nil { found[text] = scalar }
  }
  return found
}()
