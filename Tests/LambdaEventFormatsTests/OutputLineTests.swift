import LambdaLifecycle
import Testing

@testable import LambdaEventFormats

@Suite struct OutputLineTests {
  private func read(_ line: String) -> OutputLine? {
    Array(line.utf8).withUnsafeBytes { OutputLine($0) }
  }

  @Test(arguments: [
    ("lanes: db connect begin", "db connect", Mark.Edge.begin),
    ("lanes: db connect end", "db connect", .end),
    ("lanes: db connect end\r", "db connect", .end),
    ("lanes: cache warm", "cache warm", .moment),
    ("lanes:  much   room  begin ", "much room", .begin),
    // A word alone is a name.
    ("lanes: begin", "begin", .moment),
    ("lanes: end", "end", .moment),
    ("lanes: the end begin", "the end", .begin),
    ("lanes: \u{1B}[31mred\u{9B}2J\tend", "[31mred 2J", .end),
    ("[INFO]\t2026-11-23T03:06:34.992Z\t2e06b1df-6e7f-420b-844d-466646cf81fb\tlanes: db end", "db", .end),
    (#"{"timestamp":"2026-11-23T03:06:34Z","level":"INFO","message":"lanes: \"a\" begin"}"#, "\"a\"", .begin),
  ])
  func marksAreRead(line: String, name: String, edge: Mark.Edge) {
    #expect(read(line) == .mark(name: name, edge))
  }

  @Test(arguments: [
    "", "lanes", "lanes:", "lanes: ", "lanes:x", "see lanes: x begin", "Lanes: x begin", "lanes: \u{7}",
    #"{"note":"lanes: x begin"}"#, #"{"message":"lanes: x begin""#, #"{"message":["lanes: x"]}"#,
    "import time: self [us] | cumulative | imported package", "import time: 1 | x | json",
    "import time: 1 | 2 | ", "import time: 1 | 2 | not a module", "import time: -1 | 2 | json",
    "import time: 9999999999999 | 2 | json", "import time: | | json",
  ])
  func otherLinesSayNothing(line: String) { #expect(read(line) == nil) }

  @Test func namesAreBounded() throws {
    let said = try #require(read("lanes: \(String(repeating: "é", count: 1_000)) begin"))
    #expect(said == .mark(name: String(repeating: "é", count: 64), .begin))
    #expect(read("lanes: \(String(repeating: "x", count: 5_000))") == nil)
  }

  /// The format of CPython's import.c.
  @Test func importTimesAreRead() {
    #expect(
      read("import time:       424 |       1137 | _frozen_importlib_external")
        == .importTime(name: "_frozen_importlib_external", own: 424_000, total: 1_137_000, depth: 0))
    #expect(
      read("import time:        40 |         40 |     _codecs")
        == .importTime(name: "_codecs", own: 40_000, total: 40_000, depth: 2))
  }
}
