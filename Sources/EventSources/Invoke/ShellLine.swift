/// A line for the shell, as far as it shows the programs that it starts: the words of its simple commands, in
/// which quotes and variables stay as they are.
struct ShellLine {
  /// The words of an emulator, where one is among the line's commands, else those of the last command.
  let words: [String]

  private static let separators: Set<Character> = [";", "&", "|", "\n", "(", ")"]
  /// The words before the command that is meant.
  private static let prefixes: Set<String> = ["exec", "env", "nohup", "time", "command"]

  init(_ line: String) {
    let commands = line.split(whereSeparator: Self.separators.contains).map { command in
      Array(command.split(whereSeparator: \.isWhitespace).map(String.init).drop(while: Self.isPrefix))
    }.filter { !$0.isEmpty }
    words =
      commands.first {
        let emulator = EmulatorCommand($0)
        return emulator.url != nil || !emulator.hint.isEmpty
      } ?? commands.last ?? []
  }

  private static func isPrefix(_ word: String) -> Bool {
    if prefixes.contains(word) { return true }
    // NAME=VALUE
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return false }
    return word[..<equals].allSatisfy { $0 == "_" || $0.isLetter || $0.isNumber }
  }
}
