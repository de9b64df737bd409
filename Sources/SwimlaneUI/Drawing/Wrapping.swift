// Texts broken between words, but not between a number and its unit.

/// Breaks a text between words.
func wrap(_ text: String, first: Int, others: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in unbrokenWords(of: text) {
    let width = lines.isEmpty ? first : others
    if !line.isEmpty, line.columnCount + 1 + word.columnCount > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? word : " " + word
  }
  lines.append(line)
  return lines
}

/// Words of a text; a number and its unit, and what an operator stands between, are one.
private func unbrokenWords(of text: String) -> [String] {
  var words: [String] = []
  var hasOperator = false
  for word in text.split(separator: " ") {
    let isUnit = units.contains(String(word.prefix { $0.isLetter || "%/-".contains($0) }))
    let isOperator = word == "×" || word == "÷"
    if let last = words.last, isUnit && last.last?.isNumber == true || isOperator || hasOperator {
      words[words.count - 1] = last + " " + word
    } else {
      words.append(String(word))
    }
    hasOperator = isOperator
  }
  return words
}

private let units: Set<String> = [
  "ns", "µs", "ms", "s", "m", "min", "h", "B", "kB", "KB", "MB", "GB", "kB/s", "KB/s", "MB/s", "GB/s", "GB-s",
  "GB-seconds", "vCPU", "vCPUs", "%", "times", "cents",
]
