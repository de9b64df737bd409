import Foundation
import LambdaEmulator
import LambdaLifecycle
import Testing

/// The REPORT at the end of a caller's log agrees with the recording.
@Suite(.serialized, .timeLimit(.minutes(2))) struct TailReportTests {
  private static let python = """
    import os, time
    time.sleep(0.05)
    def handler(event, context):
        if event == "exit": os._exit(1)
        return 1
    """

  private func report(in log: String) -> [String: Double] {
    let line = log.split(separator: "\n").last { $0.hasPrefix("REPORT") } ?? ""
    var figures: [String: Double] = [:]
    for part in line.split(separator: "\t") {
      let words = part.split(separator: ":")
      if words.count == 2, let number = words[1].split(separator: " ").first.flatMap({ Double($0) }) {
        figures[String(words[0])] = number
      }
    }
    return figures
  }

  private func call(_ function: RunningFunction, _ event: String = "{}") async throws -> [String: Double] {
    let answer = try await function.call(event, ["X-Amz-Log-Type": "Tail"])
    let encoded = answer.fields["x-amz-log-result"] ?? ""
    return report(in: String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self))
  }

  /// The billed length is the duration, and the init where it is reported, rounded up.
  private func isBilled(_ figures: [String: Double]) throws -> Bool {
    let length = try #require(figures["Duration"]) + (figures["Init Duration"] ?? 0)
    // Both are cut to hundredths.
    let billed = try #require(figures["Billed Duration"])
    return billed >= length && billed < length + 1.02
  }

  @Test("On demand the first one has the init, and bills it")
  func onDemand() async throws {
    let function = try await RunningFunction.start(Self.python)
    let first = try await call(function)
    #expect(try #require(first["Init Duration"]) >= 50)
    #expect(try isBilled(first))
    let second = try await call(function)
    #expect(second["Init Duration"] == nil)
    #expect(try isBilled(second))
    try await function.end()
  }

  @Test("What is initialized ahead of requests is billed by itself, not with the first of them")
  func provisioned() async throws {
    let function = try await RunningFunction.start(Self.python) {
      $0.function.provisioned = ProvisionedConcurrency(environments: 1)
      $0.function.initializationType = .provisionedConcurrency
    }
    #expect(try await function.wait { $0.freezes == 1 })
    let first = try await call(function)
    #expect(first["Init Duration"] == nil)
    #expect(try isBilled(first))
    try await function.end()
  }

  @Test("An init after a reset is part of the duration")
  func suppressed() async throws {
    let function = try await RunningFunction.start(Self.python)
    _ = try await function.call(#""exit""#)
    let again = try await call(function)
    #expect(again["Init Duration"] == nil)
    #expect(try #require(again["Duration"]) >= 50)
    #expect(try isBilled(again))
    try await function.end()
  }
}
