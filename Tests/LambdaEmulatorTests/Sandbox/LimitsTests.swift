import Foundation
import LambdaLifecycle
import TestSupport
import Testing

@testable import LambdaEmulator

@Suite(.serialized, .timeLimit(.minutes(3))) struct LimitsTests {
  /// Uses as much memory as the event says, and reports how it may use processors.
  private static let hungry = """
    import os, signal
    kept = []
    def quota():
        for line in open("/proc/self/cgroup"):
            number, names, path = line.strip().split(":", 2)
            for place, file in (("/sys/fs/cgroup/cpu", "cpu.cfs_quota_us"), ("/sys/fs/cgroup", "cpu.max")):
                name = place + path + "/" + file
                if (names == "" or "cpu" in names.split(",")) and os.path.exists(name):
                    return open(name).read().split()[0]
        return ""
    first = quota()
    def handler(event, context):
        if "mb" in event: kept.append(b"x" * (event["mb"] << 20))
        if "kill" in event: os.kill(os.getpid(), signal.SIGKILL)
        return [first, quota()]
    """

  private func start() async throws -> RunningFunction {
    try await RunningFunction.start(Self.hungry) {
      $0.limitsResources = true
      $0.function.memoryMB = 256
      $0.function.timeout = .seconds(20)
    }
  }

  private func reports(of function: RunningFunction) -> [Report] {
    function.events.compactMap { if case .report(let report) = $0.kind { report } else { nil } }
  }

  @Test(
    "Whoever uses more memory than the function has is ended; whoever is killed otherwise is not said to",
    .needsLimits)
  func outOfMemory() async throws {
    let function = try await start()
    #expect(try await function.call(#"{"mb": 30}"#).status == 200)
    let answer = try await function.call(#"{"mb": 400}"#)
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains(#""errorType":"Runtime.OutOfMemory""#))
    #expect(answer.body.contains("Error: Runtime exited with error: signal: killed"))
    // The kernel only counts up.
    #expect(try await function.call(#"{"kill": 1}"#).body.contains(#""errorType":"Runtime.ExitError""#))
    #expect(try await function.call(#"{"mb": 400}"#).body.contains("Runtime.OutOfMemory"))
    #expect(try await function.call().status == 200)
    try await function.end()
    let reports = reports(of: function)
    #expect(reports.count == 5)
    #expect((30..<256).contains(reports.first?.maxMemoryUsedMB ?? 0))
    #expect(reports.dropFirst().allSatisfy { $0.maxMemoryUsedMB == 256 })
  }

  @Test("Init has all processors, invocations the share that goes with the memory", .needsLimits)
  func share() async throws {
    let function = try await start()
    let tail = try await function.call("{}", ["x-amz-log-type": "Tail"])
    // Of 20 ms, 256 / 1,769.
    #expect(tail.body == #"["-1", "2894"]"# || tail.body == #"["max", "2894"]"#)
    let log = Data(base64Encoded: tail.fields["x-amz-log-result"] ?? "") ?? Data()
    #expect(String(decoding: log, as: UTF8.self).contains(/Max Memory Used: \d+ MB\t/))
    try await function.end()
  }

  @Test("Where nothing counts its memory, what its processes say is told", arguments: [false, true])
  func processes(isReset: Bool) async throws {
    let function = try await RunningFunction.start(Self.hungry) { $0.function.timeout = .seconds(20) }
    if isReset { _ = try await function.call(#"{"kill": 1}"#) }
    #expect(try await function.call(#"{"mb": 100}"#).status == 200)
    let tail = try await function.call("{}", ["x-amz-log-type": "Tail"])
    let log = Data(base64Encoded: tail.fields["x-amz-log-result"] ?? "") ?? Data()
    #expect(String(decoding: log, as: UTF8.self).contains(/Max Memory Used: 1\d\d MB\t/))
    try await function.end()
    #expect(reports(of: function).suffix(2).allSatisfy { (100..<200).contains($0.maxMemoryUsedMB) })
  }

  @Test("The files of both versions of control groups are read and written")
  func files() throws {
    let scratch = try Scratch()
    let folder = scratch.path
    func read(_ name: String) -> String { smallFile("\(folder)/\(name)") }
    for name in ["memory.max", "memory.swap.max", "cpu.max", "memory.limit_in_bytes", "cpu.cfs_quota_us"] {
      try scratch.write([], to: name)
    }
    try scratch.write(Array("1048577\n".utf8), to: "memory.peak")
    try scratch.write(Array("oom 9\noom_kill 2\noom_group_kill 7\n".utf8), to: "memory.events")
    let two = MemoryGroup(folder, .two)
    #expect(two.limit(megabytes: 128))
    #expect(read("memory.max") == "134217728")
    #expect(read("memory.swap.max") == "0")
    #expect(two.peakMegabytes == 2)
    #expect(two.kills == 2)
    ProcessorGroup(folder: folder, version: .two).limit(toShareOf: 1_769)
    #expect(read("cpu.max") == "20000 20000")
    let one = MemoryGroup(folder, .one)
    #expect(one.limit(megabytes: 128))
    #expect(read("memory.limit_in_bytes") == "134217728")
    #expect(one.peakMegabytes == nil)
    #expect(one.kills == 0)
    ProcessorGroup(folder: folder, version: .one).limit(toShareOf: 10)
    #expect(read("cpu.cfs_quota_us") == "1000")
  }
}
