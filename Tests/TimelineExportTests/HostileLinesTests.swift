import LambdaLifecycle
import TestSupport
import Testing

@testable import TimelineExport

/// Lines that nobody means well with: as long, as many, as nested and as contradictory as they can be.
@Suite("Hostile lines") struct HostileLinesTests {
  /// Everything that is made from lines of init.
  private func makeAll(of code: CodeLog) -> Int {
    let (timeline, catalog) = (code.timeline, code.log.catalog)
    let tables = ColdStartTables(timeline, catalog)
    var size = ColdStartReport(timeline, catalog).lines().count
    size += LinesDiff(tables, ColdStartTables(CodeLog().timeline, catalog)).text().count
    size += SummaryJSON(timeline, catalog, lines: 1).text().count
    let selection = ExportSelection(timeline, catalog)
    var (trace, picture) = (TraceEvents(selection), LanesPicture(selection))
    return size + trace.json().count + picture.text().count
  }

  @Test("the longest lengths there are, at the latest time there is")
  func longest() {
    var code = CodeLog()
    let day = Double(InitCode.longest) / 1e6
    code.begin(at: 7_258_118_399_000)
    for number in 1...300 {
      code.line("app.py", Int32(number), "import a", from: day, day, [("a", day), ("Python", day)])
    }
    code.module("app.py", day, compiling: day, files: .max)
    code.end(day)
    #expect(makeAll(of: code) > 0)
  }

  @Test("a chain of modules, a file that names itself, packages of nothing, an empty name")
  func nested() {
    var code = CodeLog()
    code.begin()
    for number in 1...3_000 {
      code.line("m\(number).py", 1, "import x", from: 40, 1, [("m\(number - 1).py", 1)])
    }
    for number in 1...3_000 {
      code.line("self.py", Int32(number), "import self", from: 41, 1, [("self.py", 1)])
    }
    let nobody = code.log.catalog.name("nobody.py")
    for _ in 1...3_000 {
      code.add(60, .packageImported(PackageTime(nobody, line: 1, name: nobody, length: 1)))
    }
    code.end(100)
    #expect(makeAll(of: code) > 0)
    #expect(code.timeline.tracks[0].latestInit(at: .seconds(1))?.lines.map(\.depth).max() == 2_999)
    // Ordered by cost without a call for each depth.
    let parts = code.timeline.tracks[0].latestInit(at: .seconds(1))
    let table = parts.map { InitTable($0, code.log.catalog, order: .cost, at: .seconds(1)) }
    #expect(table?.rows.count { $0.line != nil } == 6_000)
  }

  @Test("thousands of inits one behind the other")
  func many() {
    var code = CodeLog()
    for round in 0..<5_000 {
      code.begin(at: Int64(round) * 100)
      code.line("app.py", 3, "import json", from: 40, 5)
      code.end(90, .error)
    }
    let tables = ColdStartTables(code.timeline, code.log.catalog)
    #expect(tables.entries.count == 5_000)
    #expect(tables.entries.allSatisfy { $0.parts.lines.count == 1 })
  }
}
