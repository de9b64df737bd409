import TestSupport
import Testing

@testable import LambdaLifecycle

/// The rows of an init: what they are, how long, and whether they count.
@Suite struct InitTableTests {
  private var code = CodeLog()

  private func table(_ time: Int64 = 1_000, _ order: InitTable.Order = .source) throws -> InitTable {
    let parts = try #require(code.timeline.tracks[0].latestInit(at: .milliseconds(time)))
    return InitTable(parts, code.log.catalog, order: order, at: .milliseconds(time))
  }

  private func drawn(_ table: InitTable, _ rows: [InitTable.Row]? = nil) -> [String] {
    (rows ?? table.rows).map { row in
      let length = "\(Double(row.length) / 1e6)"
      let name: String
      switch row.kind {
      case .phase(let phase): name = phase.wireName
      case .extensionInit(let extension_): name = code.log.catalog.text(extension_)
      case .line(let line): name = "\(code.log.catalog.text(line.time.file)):\(line.time.line)"
      case .shortLines: name = "short"
      case .others(let count): name = "others \(count)"
      case .package(let package): name = package
      case .mark(let mark): name = code.log.catalog.text(mark.name)
      case .running(let line): name = "running after \(line?.line ?? 0)"
      case .unfinished(let line): name = "unfinished after \(line?.line ?? 0)"
      case .process, .client, .beforeLines, .extensionsWait, .measuring, .unexplained: name = "\(row.kind)"
      }
      return String(repeating: "  ", count: row.depth) + "\(name) \(length)" + (row.isPart ? "" : " inside")
    }
  }

  private func expectSum(_ table: InitTable) {
    #expect(table.rows.filter(\.isPart).reduce(0) { $0 + $1.length } == table.length)
  }

  @Test("an init adds up: create, process, client, lines with those inside, short ones, measuring, the rest")
  mutating func adds() throws {
    code.begin()
    code.line("helpers.py", 1, from: 45, 20)
    code.line("helpers.py", 4, from: 65, 35)
    code.line("app.py", 3, "import helpers", from: 40, 70, [("helpers.py", 60), ("Python", 4)])
    code.line("app.py", 6, from: 112, 31)
    code.module("app.py", 103.5)
    code.end(170)
    let table = try table()
    #expect(
      drawn(table) == [
        "create 20.0", "process 10.0", "client 30.0", "app.py:3 70.0", "  helpers.py:1 20.0 inside",
        "  helpers.py:4 35.0 inside", "app.py:6 31.0", "short 2.5", "measuring 2.0", "unexplained 4.5",
      ])
    #expect(table.length == .milliseconds(170))
    #expect(table.measuring == .milliseconds(2))
    expectSum(table)
    let byCost = try self.table(1_000, .cost)
    #expect(
      drawn(byCost)[3...6] == [
        "app.py:3 70.0", "  helpers.py:4 35.0 inside", "  helpers.py:1 20.0 inside", "app.py:6 31.0",
      ])
    // Rows that there is no room for become one row, and the sum stays.
    let fitted = table.fitted(to: 6)
    #expect(
      drawn(table, fitted) == [
        "create 20.0", "client 30.0", "app.py:3 70.0", "  helpers.py:4 35.0 inside", "app.py:6 31.0",
        "others 5 19.0",
      ])
    #expect(fitted.filter(\.isPart).reduce(0) { $0 + $1.length } == table.length)
    #expect(table.fitted(to: 2).count == 2)
    #expect(table.fitted(to: 10) == table.rows)
  }

  @Test("a mark reaches over many lines: it stands beside them, inside of none, and does not count")
  mutating func marks() throws {
    code.begin()
    code.line("app.py", 3, from: 40, 70)
    code.line("app.py", 6, from: 112, 31)
    code.add(80, .mark(Mark(code.log.catalog.name("load"), .begin)))
    code.add(160, .mark(Mark(code.log.catalog.name("load"), .end)))
    code.module("app.py", 103.5)
    code.end(170)
    let timeline = code.timeline
    let parts = try #require(timeline.tracks[0].latestInit(at: .seconds(1)))
    let marks = timeline.tracks[0].marks.indices.map { timeline.tracks[0].markSpan($0) }
    let table = InitTable(parts, code.log.catalog, marks: marks, at: .seconds(1))
    #expect(drawn(table).contains("load 80.0 inside"))
    expectSum(table)
  }

  @Test("while it runs, what runs is behind the last line that ended")
  mutating func running() throws {
    code.begin()
    code.line("app.py", 3, from: 40, 70)
    let table = try table(200)
    #expect(drawn(table) == ["create 20.0", "beforeLines 40.0", "app.py:3 70.0", "running after 3 70.0"])
    expectSum(table)
    #expect(
      try drawn(self.table(30)) == ["create 20.0", "phase(LambdaLifecycle.Phase.runtimeInit)"].prefix(1) + [
        "runtimeInit 10.0"
      ])
  }

  @Test("a killed init says behind which line it was")
  mutating func killed() throws {
    code.begin()
    code.line("app.py", 3, from: 40, 70)
    code.end(10_020, .timeout)
    let table = try table(20_000)
    #expect(
      drawn(table) == ["create 20.0", "beforeLines 40.0", "app.py:3 70.0", "unfinished after 3 9890.0"])
    expectSum(table)
  }

  @Test("an init that went well without a word of the module leaves a rest that nobody tells")
  mutating func module() throws {
    code.begin()
    code.line("m.mjs", 0, "(an ES module: lines are not told)", from: 40, 70, [("lodash", 65)])
    code.end(170)
    let table = try table()
    #expect(drawn(table) == ["create 20.0", "beforeLines 40.0", "m.mjs:0 70.0", "unexplained 40.0"])
    expectSum(table)
  }

  @Test("without a word of any line its phases add up, and imports by package where Python tells them")
  mutating func phases() throws {
    code.begin()
    code.end(170)
    #expect(try drawn(table()) == ["create 20.0", "runtimeInit 40.0", "functionInit 110.0"])
    for (name, own) in [("boto3.session", Int64(40)), ("boto3", 10), ("json.decoder", 5)] {
      code.add(
        150,
        .imported(
          ImportTime(
            code.log.catalog.name(name), own: .milliseconds(own), total: .milliseconds(own), depth: 0)))
    }
    let table = try table()
    #expect(
      drawn(table) == [
        "create 20.0", "runtimeInit 40.0", "functionInit 110.0", "  boto3 50.0 inside", "  json 5.0 inside",
      ])
    expectSum(table)
    let parts = try #require(code.timeline.tracks[0].latestInit(at: .milliseconds(1_000)))
    let sorted = table.largestFirst(parts)
    #expect(
      drawn(sorted) == [
        "functionInit 110.0", "  boto3 50.0 inside", "  json 5.0 inside", "runtimeInit 40.0", "create 20.0",
      ])
    #expect(
      sorted.names.map(\.text) == ["functionInit", "package boto3", "package json", "runtimeInit", "create"])
    expectSum(sorted)
  }

  @Test(
    "parts have the names that they have in every init: by their text, the second of two alike is the second")
  mutating func names() throws {
    code.begin()
    code.line("app.py", 6, #"a = boto3.client("s3")"#, from: 40, 30)
    code.line("app.py", 9, #"a = boto3.client("sqs")"#, from: 70, 31)
    code.line("app.py", 12, from: 101, 2)
    code.module("app.py", 64)
    code.end(170)
    let names = try table().names.map { "\($0.file)|\($0.text)|\($0.occurrence)" }
    #expect(
      names == [
        "|create|0", "|process|0", "|runtime client|0", #"app.py|a = boto3.client("…")|0"#,
        #"app.py|a = boto3.client("…")|1"#, "app.py|line 12|0", "|short lines|0", "|measuring|0",
        "|not explained|0",
      ])
  }

  @Test("cold starts of a session: the slowest, the one in the middle, and what lines with a text took")
  mutating func tables() {
    for (round, length) in [30.0, 50, 40].enumerated() {
      code.begin(at: Int64(round) * 1_000)
      code.line("helpers.py", 2, "import boto3", from: 42, length - 4)
      code.line("app.py", 3, "import helpers  # boto3", from: 40, length, [("helpers.py", length - 4)])
      code.line("app.py", 5, "x = boto3.client()", from: 40 + length, round == 1 ? 1 : 7)
      code.module("app.py", length + 8)
      code.end(80 + length)
      code.add(90 + length, .phaseBegan(.shutdown))
      code.add(95 + length, .phaseEnded(PhaseEnd(.shutdown, outcome: .success)))
    }
    let (timeline, catalog) = (code.timeline, code.log.catalog)
    let tables = ColdStartTables(timeline, catalog)
    #expect(tables.entries.map(\.table.length) == [110, 130, 120].map { .milliseconds($0) })
    let function = tables.functions[0]
    #expect(tables.worstAndMedian(of: function)?.worst.table.length == .milliseconds(130))
    #expect(tables.worstAndMedian(of: function)?.median?.table.length == .milliseconds(120))
    // A length inside of a statement that has the text is part of that statement's.
    #expect(
      tables.lengths(of: LineSelector("boto3"), catalog) == [37, 51, 47].map { .milliseconds($0) })
    #expect(tables.lengths(of: LineSelector("boto3.client"), catalog) == [7, 1, 7].map { .milliseconds($0) })
    #expect(tables.lengths(of: LineSelector("pandas"), catalog) == [nil, nil, nil])
    let name = InitPartName(file: "app.py", text: "import helpers", occurrence: 0)
    #expect(tables.medians()[name] == .milliseconds(40))
  }
}
