/// A file of variables, a `.env`: `NAME=value` a line, empty lines, comments behind `#`, `export ` in front.
///
/// In single quotation marks everything is itself; in double ones `\n`, `\t`, `\r`, `\"`, `\\` and `\$` are what they
/// are in a shell. A quoted value may go over several lines. `$NAME` is not replaced: some tools replace it and others
/// do not.
package enum VariablesFile {
  /// - Throws: `VariableError`, with the file and the line.
  package static func read(_ path: String) throws(VariableError) -> [VariableSetting] {
    do {
      return try parse(Files.read(path), name: path)
    } catch let error as VariableError {
      throw error
    } catch {
      throw .noFile(path, reason: "\(error)")
    }
  }

  static func parse(_ bytes: [UInt8], name: String) throws(VariableError) -> [VariableSetting] {
    // A mark at the beginning, as editors of Windows write it, is no part of a name; nor are their ends of lines.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    var text = VariablesText(bytes.filter { $0 != 13 }, file: name)
    var settings: [VariableSetting] = []
    while let setting = try text.next() { settings.append(setting) }
    return settings
  }
}

/// The place that the reading of such a file has reached.
private struct VariablesText {
  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The next variable; nil at the end.
  mutating func next() throws(VariableError) -> VariableSetting? {
    while skipSpaces(), let byte = current {
      guard byte != hash, byte != newline else {
        skipLine()
        continue
      }
      let place = "\(file):\(line)"
      var name = take { $0 != equals && $0 != newline }
      if name.hasPrefix("export "), let word = name.split(separator: " ").last { name = String(word) }
      name = Self.trimmed(name)
      guard current == equals else { throw .noValue(name, place: place) }
      index += 1
      _ = skipSpaces()
      let value =
        if current == quote || current == apostrophe {
          try quoted(name, place: place)
        } else { unquoted() }
      skipLine()
      return try VariableSetting(name: name, value: value, place: place)
    }
    return nil
  }

  /// Up to a comment, which has a space in front of it: colours and fragments of addresses do not.
  private mutating func unquoted() -> String {
    var isSpace = true
    let value = take { byte in
      defer { isSpace = byte == space || byte == tab }
      return byte != newline && !(byte == hash && isSpace)
    }
    return Self.trimmed(value)
  }

  private mutating func quoted(_ name: String, place: String) throws(VariableError) -> String {
    let mark = current
    var value: [UInt8] = []
    index += 1
    while let byte = current, byte != mark {
      if byte == newline { line += 1 }
      index += 1
      if byte == backslash, mark == quote, let escaped = current, let meant = Self.escapes[escaped] {
        value.append(meant)
        index += 1
      } else {
        value.append(byte)
      }
    }
    guard current == mark else { throw .openQuote(name, place: place) }
    index += 1
    _ = skipSpaces()
    guard current == nil || current == newline || current == hash else {
      throw .afterQuote(name, place: place)
    }
    return String(decoding: value, as: UTF8.self)
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(while isPart: (UInt8) -> Bool) -> String {
    let start = index
    while let byte = current, isPart(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func skipLine() {
    while let byte = current, byte != newline { index += 1 }
    index += 1
    line += 1
  }

  /// - Returns: true, so that it can stand in a condition.
  private mutating func skipSpaces() -> Bool {
    while current == space || current == tab { index += 1 }
    return true
  }

  private static func trimmed(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "\t"]
    let start = text.drop { spaces.contains($0) }
    return String(start.reversed().drop { spaces.contains($0) }.reversed())
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, quote: quote, backslash: backslash,
    UInt8(ascii: "$"): UInt8(ascii: "$"),
  ]
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
private let hash = UInt8(ascii: "#")
private let equals = UInt8(ascii: "=")
private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
private let backslash = UInt8(ascii: "\\")
