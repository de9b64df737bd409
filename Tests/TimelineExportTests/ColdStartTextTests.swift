import TestSupport
import Testing

@testable import LambdaLifecycle
@testable import TimelineExport

/// The report of `lanes cold` on its measurements.
@Suite struct ColdStartTextTests {
  @Test("A row for each part and line, with a bar")
  func alone() throws {
    let report = Self.report([Self.starts(20, sleep: 0)], [ColdStartSetting(memoryMB: 512)])
    try expectGolden("cold.txt", ColdStartText(report).text())
  }

  @Test("Of two settings what differs, by how much, and whether it is more than noise")
  func compared() throws {
    try expectGolden("cold-against.txt", ColdStartText(Self.compared()).text())
    try expectGolden(
      "cold-against.json", String(decoding: ColdStartJSON(Self.compared()).text(), as: UTF8.self))
  }

  @Test("Where nothing differs it says what it would take; where rounds are few, so")
  func same() throws {
    let text = ColdStartText(Self.compared(sleep: 0)).text()
    #expect(text.contains("Init: no difference to be seen: it would need about "))
    #expect(!text.contains("slower") && !text.contains("faster"))
    let few = ColdStartText(Self.compared(rounds: 3)).text()
    #expect(few.contains("There are too few rounds to tell: it takes 7, and 20 see more."))
    let none = ColdStartText(Self.report([ColdStarts([])], [ColdStartSetting(memoryMB: 128)])).text()
    #expect(none.contains("No round was done"))
  }

  @Test(
    "Compiled files are told, and starts that are left out", arguments: [(0, 0), (20, 0), (18, 2), (2, 18)])
  func compiledFiles(absent: Int, present: Int) {
    let all = Self.all(absent, sleep: 0, compiled: 12) + Self.all(present, sleep: 0)
    let words = ColdStartText.compiledFiles(ColdStarts(all))
    switch (absent, present) {
    case (0, 0): #expect(words == "Compiled files: nothing is known")
    case (20, 0): #expect(words == "Compiled files: absent in all 20, 12 files compiled, 80 ms each time")
    case (18, 2):
      #expect(
        words
          == "Compiled files: absent in 18 of 20, 12 files compiled, 80 ms each time; the other 2 are left out"
      )
    default:
      #expect(words == "Compiled files: nothing had to be compiled in 18 of 20; the other 2 are left out")
    }
  }

  @Test("Of starts of which nobody told it, nothing is said to be known")
  func untoldCompiledFiles() {
    let untold = Self.all(18, sleep: 0, compiled: nil)
    #expect(ColdStartText.compiledFiles(ColdStarts(untold)) == "Compiled files: nothing is known")
    #expect(
      ColdStartText.compiledFiles(ColdStarts(untold + Self.all(2, sleep: 0)))
        == "Compiled files: nothing is known in 18 of 20; the other 2 are left out")
  }

  @Test("What is told twice makes the rest negative, which is shown, and has no bar")
  func negative() {
    let start = ColdStart(
      length: 90_000_000,
      parts: [Self.part("process", 100_000_000), Self.part("not explained", -10_000_000)])
    let report = Self.report([ColdStarts([start, start])], [ColdStartSetting(memoryMB: 512)])
    let row = ColdStartText(report).text().split(separator: "\n").last
    #expect(row?.hasPrefix("not explained  -10 ms  -10 ms – -10 ms") == true, "\(row ?? "")")
    #expect(String(decoding: ColdStartJSON(report).text(), as: UTF8.self).contains(#""p50":-10.000"#))
  }

  @Test("Of several lines alike the second is told as such")
  func occurrence() {
    var second = Self.part("import json", file: "app.py", line: 5, 3_000_000)
    second.name.occurrence = 1
    let start = ColdStart(
      length: 5_000_000, parts: [Self.part("import json", file: "app.py", line: 1, 2_000_000), second])
    let report = Self.report([ColdStarts([start])], [ColdStartSetting(memoryMB: 512)])
    let json = String(decoding: ColdStartJSON(report).text(), as: UTF8.self)
    #expect(json.contains(#""occurrence":2,"line":5"#) && !json.contains(#""occurrence":1"#), "\(json)")
  }

  @Test("Where a language keeps no compiled files, nothing is said of them")
  func noCompiledFiles() {
    var setting = ColdStartSetting(memoryMB: 512)
    setting.tellsCompiledFiles = false
    let report = Self.report([Self.starts(20, sleep: 0)], [setting])
    #expect(!ColdStartText(report).text().contains("ompiled"))
    #expect(String(decoding: ColdStartJSON(report).text(), as: UTF8.self).contains(#""compiledFiles":null"#))
  }

  @Test(
    "A condition fails by what is too much, by what is unknown, and by a change that is more than noise",
    arguments: [
      ("init.p50 > 300", true), ("init.p50 > 400", false), ("init.p90<=400ms", true),
      (#"line("time.sleep").ms > 50"#, true), (#"line("time.sleep").ms > 70"#, false),
      (#"line("app.py:9").max >= 60.9"#, true), (#"line("sleep(0.06)").ms.max > 61"#, false),
      (#"line("boto3.client").ms > 5"#, true),
      (#"line("a > b").ms > 5"#, true), (#"line('a > b').ms > 5"#, true), (#"line('sleep').p10 > 70"#, false),
      ("process.p50 > 100", false),
      (#"part("runtime client").p50 > 10"#, true),
      ("nothing.p50 > 1", true), ("init.p50 > +10%", true), ("init.p50 > +30%", false),
      ("init.p50 > +50", true),
      ("init.p50 > +70ms", false), ("init.p50 < -1%", false), ("process.p50 > +0%", false),
      ("init.p50 > -5%", true), (#"line("import json").ms > +10%"#, false),
    ])
  func condition(text: String, fails: Bool) throws {
    let failures = try ColdStartCondition(text).failures(Self.compared())
    #expect(failures.isEmpty != fails, "\(failures)")
    #expect(failures.allSatisfy { $0.hasPrefix("\(text): ") })
  }

  @Test("A condition that compares needs rounds enough, and something to compare with")
  func conditionOfChange() throws {
    let condition = try ColdStartCondition("init.p50 > +1000%")
    #expect(condition.isOfChange)
    #expect(
      condition.failures(Self.compared(rounds: 5)) == [
        "init.p50 > +1000%: there are too few rounds to tell: at least 6"
      ])
    let alone = Self.report([Self.starts(20, sleep: 0)], [ColdStartSetting(memoryMB: 512)])
    #expect(condition.failures(alone) == ["init.p50 > +1000%: there is nothing to compare with"])
    #expect(try !ColdStartCondition("init.p50 > 3").isOfChange)
  }

  @Test(
    "What is no condition is said",
    arguments: [
      "", "init.p50", "init > 3", "init.p77 > 3", "init.p50 > x", "init.p50 > 5%", "line(boto3).ms > 3",
      "a b.ms > 1",
    ])
  func mistake(text: String) {
    #expect(throws: ConditionMistake.self) { try ColdStartCondition(text) }
  }

  private static func compared(rounds: Int = 20, sleep: Int = 60) -> ColdRoundsReport {
    var before = ColdStartSetting(memoryMB: 512)
    before.name = "main"
    before.revision = "main"
    before.commit = "1a2b3c4d5e6f"
    var after = ColdStartSetting(memoryMB: 512)
    after.name = "working folder"
    after.baseline = 0
    return report([starts(rounds, sleep: 0), starts(rounds, sleep: sleep, later: 2)], [before, after])
  }

  private static func report(_ starts: [ColdStarts], _ settings: [ColdStartSetting]) -> ColdRoundsReport {
    ColdRoundsReport(
      function: "app.handler", rounds: starts[0].kept.count, wanted: 20, settings: settings, starts: starts)
  }

  private static func starts(_ count: Int, sleep: Int, later: Int = 0) -> ColdStarts {
    ColdStarts(all(count, sleep: sleep, later: later))
  }

  /// Starts whose lengths spread in a known way: by a tenth, in an order that looks like none.
  private static func all(_ count: Int, sleep: Int, later: Int = 0, compiled: Int? = 0) -> [ColdStart] {
    (0..<count).map { round in
      let noise = Nanoseconds((round * 7 + later) % 20)
      var parts = [
        part("create", 12_000_000 + noise * 100_000), part("process", 40_000_000 + noise * 1_000_000),
        part("runtime client", 22_500_000),
        part("import json", file: "app.py", line: 1, 2_100_000 + noise * 1_000),
        part("import boto3", file: "app.py", line: 3, 180_000_000 + noise * 500_000),
        part("import helper", file: "helper.py", line: 2, 4_000_000, depth: 1),
      ]
      if sleep > 0 {
        parts.append(
          part("time.sleep(…)", file: "app.py", line: 9, Nanoseconds(sleep) * 1_000_000 + noise * 50_000))
      }
      if round % 4 == 0 { parts.append(part("CACHE = {}", file: "app.py", line: 12, 1_000_000)) }
      parts.append(part("short lines", 610_000 + noise * 7_000))
      parts.append(part("measuring", 2_500_000))
      let length = parts.filter(\.isPart).reduce(Nanoseconds(0)) { $0 + $1.length }
      return ColdStart(
        length: length, parts: parts, compiledFiles: compiled, compiling: compiled ?? 0 > 0 ? 80_000_000 : 0)
    }
  }

  private static func part(
    _ text: String, file: String = "", line: Int32 = 0, _ length: Nanoseconds, depth: Int = 0
  ) -> ColdStart.Part {
    ColdStart.Part(
      InitPartName(file: file, text: text, occurrence: 0), line: line, length: length, isPart: depth == 0,
      depth: depth,
      text: file.isEmpty ? "" : text == "time.sleep(…)" ? "time.sleep(0.06)  # soon" : text)
  }
}
