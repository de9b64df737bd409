import Testing

@testable import LambdaLifecycle

/// The tables and figures made of many cold starts.
@Suite struct ColdStartTests {
  private static func name(_ text: String, file: String = "") -> InitPartName {
    InitPartName(file: file, text: text, occurrence: 0)
  }

  /// A start of so many tenths of a millisecond: its process, and a line where that is longer than nothing.
  private static func start(_ tenths: Int, line: Int = 0, compiled: Int? = 0) -> ColdStart {
    var parts = [ColdStart.Part(name("process"), length: Nanoseconds(tenths - line) * 100_000)]
    if line > 0 {
      parts.append(
        ColdStart.Part(
          name(#"client("…")"#, file: "app.py"), line: 7, length: Nanoseconds(line) * 100_000,
          text: #"client("s3")"#))
    }
    return ColdStart(length: Nanoseconds(tenths) * 100_000, parts: parts, compiledFiles: compiled)
  }

  @Test("A part that was too short to be told now and then counts as nothing there")
  func shortParts() throws {
    let starts = ColdStarts([Self.start(1_000, line: 12), Self.start(1_010), Self.start(1_020, line: 11)])
    #expect(starts.parts.map(\.name.text) == ["init", "process", #"client("…")"#])
    let line = try #require(starts.parts.last)
    #expect(line.told == 2 && line.isTold && line.line == 7)
    #expect(line.lengths == [1_200_000, 0, 1_100_000])
    #expect(line.median == 1_100_000)
  }

  @Test("Starts with and without compiled files are never in one figure")
  func compiledFiles() {
    let mixed = ColdStarts([Self.start(900, compiled: 12), Self.start(500), Self.start(510)])
    #expect(mixed.compiledFiles == .present && mixed.kept.count == 2 && mixed.others.count == 1)
    #expect(mixed[ColdStartPart.whole]?.lengths == [50_000_000, 51_000_000])
    #expect(
      ColdStarts([Self.start(900, compiled: 12), Self.start(900, compiled: 14), Self.start(5)])
        .compiledFiles == .absent(12))
    let pair = ColdStartComparison(from: mixed, to: ColdStarts([Self.start(900, compiled: 12)]))
    #expect(pair.mixesCompiledFiles)
    #expect(ColdStarts([]).compiledFiles == nil)
  }

  @Test("Starts of which nobody told whether modules were compiled are none in which nothing was")
  func untold() {
    let untold = ColdStarts([Self.start(500, compiled: nil), Self.start(510, compiled: nil)])
    #expect(untold.compiledFiles == nil && untold.kept.count == 2 && untold.others.isEmpty)
    let mixed = ColdStarts([Self.start(500, compiled: nil), Self.start(510), Self.start(520)])
    #expect(mixed.compiledFiles == .present && mixed.others.count == 1)
    #expect(!ColdStartComparison(from: untold, to: mixed).mixesCompiledFiles)
  }

  @Test(
    "A line that is new in every start is a difference, among as many parts as so many rounds can tell of")
  func newAmongMany() throws {
    func starts(line: Int) -> ColdStarts {
      ColdStarts(
        (0..<8).map { round in
          var start = Self.start(1_000 + line + round * 3, line: line)
          for place in 0..<60 {
            start.parts.append(
              ColdStart.Part(
                Self.name("part \(place)"), length: Nanoseconds((round * 5 + place) % 8) * 10_000))
          }
          return start
        })
    }
    let comparison = ColdStartComparison(from: starts(line: 0), to: starts(line: 600))
    let line = try #require(comparison.rows.first { !$0.name.file.isEmpty })
    #expect(line.verdict == .differs && comparison.leastRounds == 8)
  }

  @Test("How few rounds can say anything follows from the parts that are asked, which measuring is none of")
  func leastRounds() {
    let start = ColdStart(
      length: 40,
      parts: ["process", "runtime client", "short lines", "measuring"].map {
        ColdStart.Part(Self.name($0), length: 10)
      })
    let few = ColdStarts([start, start])
    #expect(ColdStartComparison(from: few, to: few).leastRounds == 6)
  }

  @Test("A part that is told too long leaves less than nothing to the rest, so that parts add up")
  func negative() {
    let starts = ColdStarts(
      (0..<3).map { round in
        ColdStart(
          length: 90,
          parts: [
            ColdStart.Part(Self.name("process"), length: 100 + Nanoseconds(round)),
            ColdStart.Part(Self.name("not explained"), length: -10 - Nanoseconds(round)),
          ])
      })
    #expect(starts.parts.map(\.median) == [90, 101, -11])
    #expect(starts.parts.last?.quantiles.value(atPercent: 0) == -12)
  }

  @Test("A name that one start adds stands behind the one that it stands behind there")
  func order() {
    let lists = [["b", "d"], ["a", "b", "c"], ["a", "b", "d", "e"]].map { $0.map { Self.name($0) } }
    #expect(partOrder(of: lists).map(\.text) == ["a", "b", "c", "d", "e"])
    #expect(partOrder(of: []).isEmpty)
  }

  @Test("A line that is new is a difference, and so is all of init; what stays is none")
  func difference() throws {
    let before = ColdStarts((0..<12).map { Self.start(1_000 + $0 * 3) })
    let after = ColdStarts((0..<12).map { Self.start(1_601 + $0 * 3, line: 600) })
    let rows = ColdStartComparison(from: before, to: after).rows
    #expect(rows.map(\.name.text) == ["init", "process", #"client("…")"#])
    #expect(rows.map { $0.verdict == .differs } == [true, false, true])
    #expect(rows[0].shift?.value == 60_100_000)
    #expect(rows[2].first == nil && rows[2].shift?.value == 60_000_000)
    let back = ColdStartComparison(from: after, to: before).rows
    #expect(back.map(\.name.text) == rows.map(\.name.text))
    #expect(back[2].second == nil && back[2].shift?.value == -60_000_000)
  }

  @Test("Fewer than six rounds, or too few for so many parts, tell nothing")
  func tooFew() {
    for count in [1, 5, 6] {
      let before = ColdStarts((0..<count).map { Self.start(1_000 + $0) })
      let after = ColdStarts((0..<count).map { Self.start(2_000 + $0) })
      let verdicts = ColdStartComparison(from: before, to: after).rows.map(\.verdict)
      #expect(verdicts.allSatisfy { ($0 == .tooFew) == (count < 6) }, "\(count)")
    }
  }

  @Test("Where none is seen, it is told what more rounds would show")
  func need() throws {
    let starts = (0..<20).map { Self.start(1_000 + $0 * 5) }
    let row = try #require(
      ColdStartComparison(from: ColdStarts(starts), to: ColdStarts(starts.reversed())).whole)
    guard case .none(let need?) = row.verdict else { throw Missing() }
    #expect(need.rounds > 20 && need.percent < 10)
  }

  @Test("Twenty comparisons of the same call no difference, however often all of their parts are asked")
  func noDifference() {
    for seed in UInt64(0)..<20 {
      let samples = (UInt64(0)..<2).map { side in
        ColdStarts(
          (UInt64(0)..<20).map { round in
            let bits = draw(seed: seed &* 2 &+ side, .arrival, round)
            // A machine that is disturbed now and then.
            let extra = unitInterval(bits) > 0.9 ? 400 : 0
            return Self.start(1_000 + Int(unitInterval(bits) * 100) + extra, line: 200 + Int(bits % 30))
          })
      }
      let rows = ColdStartComparison(from: samples[0], to: samples[1]).rows
      #expect(!rows.contains { $0.verdict == .differs }, "\(seed)")
    }
  }

  @Test("Lines are found by their text with literals, without, and by their place; inner ones once")
  func statements() {
    var start = Self.start(1_000, line: 100)
    start.parts.append(
      ColdStart.Part(
        Self.name("import client", file: "lib.py"), line: 2, length: 5_000_000, depth: 1,
        text: "import client"))
    let starts = ColdStarts([start])
    #expect(starts.lengths(of: LineSelector(#"client("s3")"#)) == [10_000_000])
    #expect(starts.lengths(of: LineSelector("client")) == [10_000_000])
    #expect(starts.lengths(of: LineSelector("app.py:7")) == [10_000_000])
    #expect(starts.lengths(of: LineSelector("import client")) == [5_000_000])
    #expect(starts.lengths(of: LineSelector("boto3")) == nil)
  }

  @Test("A phase called init is another row than all of init")
  func undivided() {
    let parts = [
      ColdStart.Part(Self.name("create"), length: 1), ColdStart.Part(Self.name("init"), length: 9),
    ]
    let starts = ColdStarts([ColdStart(length: 10, parts: parts)])
    #expect(starts.parts.map(\.lengths) == [[10], [1], [9]])
    #expect(starts[ColdStartPart.whole]?.lengths == [10])
    #expect(ColdStartComparison(from: starts, to: starts).rows.count == 3)
  }

  private struct Missing: Error {}
}
