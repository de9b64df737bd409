import TestSupport
import Testing

@testable import LambdaLifecycle

/// The one cold start of an environment, and why there is none.
@Suite struct ColdStartOfTrackTests {
  @Test(
    "What nobody told of compiled files is not known; a module without them had them all",
    arguments: [nil, 0, 9, -1])
  func compiledFiles(told: Int32?) throws {
    var code = CodeLog()
    code.begin()
    code.line("app.py", 3, "import json", from: 40, 10)
    if let told { code.module("app.py", 60, compiling: 5, files: told) }
    code.end(130)
    let start = try Self.start(code)
    #expect(start.compiledFiles == told.flatMap { $0 < 0 ? nil : Int($0) })
  }

  @Test(
    "An init that has not ended, and one that has failed, are none; nor is one that went well at the second try"
  )
  func missing() throws {
    #expect(throws: ColdStart.Missing.notTold) { try Self.start(CodeLog(inits: [nil])) }
    #expect(throws: ColdStart.Missing.failed) { try Self.start(CodeLog(inits: [.error])) }
    #expect(throws: ColdStart.Missing.failed) { try Self.start(CodeLog(inits: [.error, .error])) }
    #expect(throws: ColdStart.Missing.failedAtFirst) { try Self.start(CodeLog(inits: [.error, .success])) }
    #expect(try Self.start(CodeLog(inits: [.success])).length == 130_000_000)
  }

  @Test("Medians are the lower one of two in the middle, whoever makes them")
  func medians() {
    let lengths: [Nanoseconds] = [40, 10, 30, 20]
    #expect(lengths.median == 20 && SortedLengths(lengths).median == 20)
    #expect(lengths.reduce(into: Quantiles()) { $0.record($1) }.median == 20)
    #expect([Nanoseconds]().median == 0 && SortedLengths([]).median == nil)
    #expect(SortedLengths(lengths).value(atPercent: 0) == 10)
    #expect(SortedLengths(lengths).value(atPercent: 100) == 40)
  }

  private static func start(_ code: CodeLog) throws -> ColdStart {
    let timeline = code.timeline
    let place = try #require(timeline.tracks.indices.first)
    return try ColdStart(of: timeline.tracks[place], code.log.catalog)
  }
}

extension CodeLog {
  /// One init after another; nil for one that has not ended.
  fileprivate init(inits: [Outcome?]) {
    self.init()
    for (round, outcome) in inits.enumerated() {
      begin(at: Int64(round) * 1_000)
      if let outcome { end(130, outcome) }
    }
  }
}
