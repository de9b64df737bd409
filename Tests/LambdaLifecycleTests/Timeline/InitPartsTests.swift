import Testing

@testable import LambdaLifecycle

/// Where an init's time went, drawn as a line for each part.
@Suite("Init parts") struct InitPartsTests {
  private var log = HandLog()

  private mutating func line(
    _ time: Int64, _ place: (String, Int32), _ length: Int64, begin: Int64 = -1,
    _ packages: [(String, Int64)] = []
  ) {
    let file = log.catalog.name(place.0)
    let told = LineTime(
      file, line: place.1, length: .seconds(length), begin: begin < 0 ? -1 : .seconds(begin))
    log.add(time, .lineRan(told), in: "a")
    for package in packages {
      let told = PackageTime(
        file, line: place.1, name: log.catalog.name(package.0), length: .seconds(package.1))
      log.add(time, .packageImported(told), in: "a")
    }
  }

  private func drawn(_ parts: InitParts?) -> [String] {
    (parts?.lines ?? []).map {
      let indent = String(repeating: "  ", count: $0.depth)
      let place = "\(log.catalog.text($0.time.file)):\($0.time.line)"
      return
        "\(indent)\(place) \($0.start / 1_000_000_000)-\($0.end / 1_000_000_000)"
    }
  }

  @Test(
    "lines lie where they began, by the earliest that any of them was told; modules of one's own are inside")
  mutating func tree() {
    log.add(0, .phaseBegan(.runtimeInit), in: "a")
    log.add(30, .phaseEnded(PhaseEnd(.runtimeInit, outcome: .success)), in: "a")
    log.add(30, .phaseBegan(.functionInit), in: "a")
    // Reported 5 ms late, 1 ms late, 3 ms late.
    line(75, ("store/db.py", 2), 20, begin: 50, [("boto3", 15)])
    line(91, ("store/__init__.py", 1), 40, begin: 50, [("store/db.py", 25)])
    line(113, ("app.py", 1), 70, begin: 40, [("store/__init__.py", 60), ("json", 4)])
    line(143, ("app.py", 4), 30, begin: 110)
    let module = ModuleTime(
      log.catalog.name("app.py"), length: .seconds(103), process: .seconds(10),
      client: .seconds(30),
      measuring: .seconds(2))
    log.add(150, .moduleImported(module), in: "a")
    log.add(160, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)), in: "a")
    let parts = log.timeline(.emulator).tracks[0].latestInit(at: .seconds(1_000))
    #expect(
      drawn(parts) == [
        "app.py:1 41-111", "  store/__init__.py:1 51-91", "    store/db.py:2 51-71",
        "app.py:4 111-141",
      ])
    #expect(parts?.length(at: .seconds(1_000)) == .seconds(160))
    #expect(parts?.shortLines == .seconds(3))
  }

  @Test("an init that is killed has what ended before, and its outermost lines alone add up")
  mutating func killed() {
    log.add(0, .phaseBegan(.initialization), in: "a")
    line(60, ("helpers.py", 3), 20, begin: 30)
    line(90, ("helpers.py", 5), 25, begin: 55)
    log.add(10_000, .phaseEnded(PhaseEnd(.initialization, outcome: .timeout)), in: "a")
    let parts = log.timeline(.rie).tracks[0].latestInit(at: .seconds(20_000))
    #expect(drawn(parts) == ["helpers.py:3 40-60", "helpers.py:5 65-90"])
    #expect(parts?.shortLines == nil)
  }

  @Test("what is printed later, or without an end, is not the init's, and does not pile up")
  mutating func others() {
    log.add(0, .phaseBegan(.initialization), in: "a")
    line(60, ("app.py", 3), 20)
    log.add(70, .moduleImported(ModuleTime(log.catalog.name("app.py"), length: .seconds(30))), in: "a")
    log.add(100, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    for time in 200..<Int64(20_200) { line(time, ("app.py", Int32(time)), 1) }
    let timeline = log.timeline(.rie)
    #expect(drawn(timeline.tracks[0].latestInit(at: .seconds(30_000))) == ["app.py:3 40-60"])
    #expect(timeline.tracks[0].code.lines.count == 10_000)
    #expect(timeline.anomalies == 10_001)
  }

  @Test("ten thousand lines are read in an instant, whatever is inside of what")
  mutating func many() {
    log.add(0, .phaseBegan(.initialization), in: "a")
    for number in 1...9_999 {
      let file = number % 3 == 0 ? "app.py" : "m\(number).py"
      line(Int64(number), (file, Int32(number)), 1, number % 3 == 0 ? [("m\(number - 1).py", 1)] : [])
    }
    let parts = log.timeline(.rie).tracks[0].latestInit(at: .seconds(20_000))
    #expect(parts?.lines.count == 9_999)
    #expect(parts?.lines.count { $0.depth == 1 } == 3_333)
    let table = parts.map { InitTable($0, log.catalog, at: .seconds(20_000)) }
    #expect(table?.fitted(to: 20).count == 20)
  }

  @Test("each init has its own lines")
  mutating func runs() {
    log.add(0, .phaseBegan(.initialization), in: "a")
    line(60, ("app.py", 3), 20)
    log.add(100, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    log.span(.invoke, 100, 200, in: "a", 1)
    log.span(.shutdown, 200, 300)
    log.add(4_000, .phaseBegan(.initialization), in: "a")
    line(4_060, ("app.py", 3), 30)
    log.add(5_000, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    let track = log.timeline(.rie).tracks[0]
    #expect(
      track.inits(at: .seconds(9_000)).map(drawn) == [
        ["app.py:3 40-60"], ["app.py:3 4030-4060"],
      ])
    #expect(track.inits(at: .seconds(200)).count == 1)
    #expect(track.inits(at: 0).map { $0.lines.count } == [0])
    #expect(track.inits(at: -1).isEmpty)
  }

  @Test("two runs of init one after the other are two inits")
  mutating func twice() {
    for begin in [Int64(0), 2] {
      log.add(begin, .phaseBegan(.runtimeInit), in: "a")
      log.add(begin + 1, .phaseEnded(PhaseEnd(.runtimeInit, outcome: .error)), in: "a")
    }
    let inits = log.timeline(.emulator).tracks[0].inits(at: .seconds(9))
    #expect(inits.map { [$0.begin, $0.end ?? -1] } == [[0, .seconds(1)], [.seconds(2), .seconds(3)]])
  }
}
