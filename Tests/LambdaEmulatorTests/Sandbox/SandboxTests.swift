internal import CSupervisor
internal import Glibc
internal import NIOCore
internal import TestSupport
internal import Testing

@testable internal import LambdaEmulator

@Suite struct SandboxTests {
  @Test("Processes run, and tell how they end", arguments: Kind.all)
  func ends(_ kind: Kind) throws {
    let sandbox = try OpenSandbox(kind.settings())
    try sandbox.wait("opened") { $0.containment != nil }
    if !kind.mayUseNamespace { #expect(sandbox.now.containment == .subreaper) }
    try sandbox.start(["sh", "-c", "echo out; echo err >&2; exit 7"], as: 1)
    try sandbox.start(["sh", "-c", "kill -9 $$"], as: 2)
    try sandbox.start(["sh", "-c", "echo of extensions"], as: 3, output: .extensions)
    try sandbox.start([Programs.python, "-c", "x = bytearray(64 << 20)"], as: 4)
    try sandbox.wait("ends") { told in (1...4).allSatisfy { told.end($0) != nil } }
    let told = sandbox.now
    #expect(told.end(1) == .exited(7))
    #expect(told.end(2) == .signaled(9))
    #expect(told.end(3) == .exited(0))
    #expect((64 << 10..<128 << 10).contains(told.peakMemory(4) ?? 0))
    #expect(told.functionText == "out\nerr\n")
    #expect(String(decoding: told.extensions, as: UTF8.self) == "of extensions\n")
    try sandbox.close()
  }

  @Test("What cannot be started says why")
  func notStarted() throws {
    let scratch = try Scratch()
    try scratch.write(Array("not executable".utf8), to: "plain")
    let sandbox = try OpenSandbox(Kind().settings())
    try sandbox.start(["no-such-program"], as: 1)
    try sandbox.start(["/no/such/program"], as: 2)
    try sandbox.start([scratch.file("plain")], as: 3)
    try sandbox.start(["sh"], as: 4, environment: ["PATH=/nowhere"])
    try sandbox.start(["true"], as: 5, environment: [String(repeating: "x", count: 1 << 20)])
    let missing = ProcessOrder(arguments: ["true"], environment: [], directory: "/missing", output: .function)
    try sandbox.use { $0.start(missing, as: 6) }
    try sandbox.wait("errors") { told in (1...6).allSatisfy { told.error($0) != nil } }
    #expect((1...6).map { sandbox.now.error($0) } == [ENOENT, ENOENT, EACCES, ENOENT, E2BIG, ENOENT])
    try sandbox.close()
  }

  @Test("A long environment arrives whole, and nothing else is inherited")
  func inheritance() throws {
    let sandbox = try OpenSandbox(Kind().settings())
    let long = (0..<8).map { "V\($0)=" + String(repeating: "\($0)", count: 100_000) }
    let script = """
      echo ${#V0} ${#V7}
      ls /proc/self/fd | wc -l
      grep -E 'Sig(Blk|Ign)' /proc/self/status | sed 's/.*://'
      cat
      """
    try sandbox.start(["/bin/sh", "-c", script], environment: long + ["PATH=/usr/bin:/bin"])
    try sandbox.wait("end") { $0.end(1) != nil }
    let lines = sandbox.now.functionText.split(separator: "\n").map { $0.filter { $0 != "\t" } }
    try #require(lines.count == 4, "\(lines)")
    // Three, and the one that lists them.
    #expect(lines[..<3] == ["100000 100000", "4", "0000000000000000"])
    // Two signals are the C library's own: it ignores them in processes that it spawns, and uses them where
    // it needs them.
    #expect(UInt64(lines[3], radix: 16).map { $0 & ~0x1_8000_0000 } == 0)
    try sandbox.close()
  }

  @Test("Output is whole when an end is told, and in order", arguments: [true, false])
  func output(isReading: Bool) throws {
    let sandbox = try OpenSandbox(Kind().settings())
    let megabyte = "import os; os.write(1, bytes(i // 4096 & 255 for i in range(1 << 20)))"
    if isReading {
      try sandbox.start([Programs.python, "-c", megabyte])
      try sandbox.wait("end") { $0.end(1) != nil }
      #expect(sandbox.now.bytes(atEndOf: 1) == 1 << 20)
      #expect(sandbox.now.function == (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 / 4096) })
    } else {
      try sandbox.use { $0.isReadingOutput = false }
      try sandbox.start(["head", "-c", "60000", "/dev/zero"], as: 1)
      try sandbox.wait("end") { $0.end(1) != nil }
      #expect(sandbox.now.bytes(atEndOf: 1) == 60_000)
      // More than a pipe holds: its writer waits until we read.
      try sandbox.start([Programs.python, "-c", megabyte], as: 2)
      try sandbox.wait("start") { $0.hasStarted(2) }
      try sandbox.start(["true"], as: 3)
      try sandbox.wait("end") { $0.end(3) != nil }
      #expect(sandbox.now.end(2) == nil)
      try sandbox.use { $0.isReadingOutput = true }
      try sandbox.wait("end") { $0.end(2) != nil }
      #expect(sandbox.now.bytes(atEndOf: 2) == 60_000 + 1 << 20)
    }
    try sandbox.close()
  }

  @Test("An end is told although a daemon holds the pipe, and what is in it at the end is told too")
  func daemonHoldsPipe() throws {
    let sandbox = try OpenSandbox(Kind().settings())
    try sandbox.start(["sh", "-c", "setsid sh -c 'sleep 1000' & echo started"])
    try sandbox.wait("end") { $0.end(1) != nil }
    #expect(sandbox.now.functionText == "started\n")
    try sandbox.use { $0.isReadingOutput = false }
    try sandbox.start(
      [
        Programs.python, "-c",
        "import os, time; os.write(1, b'x' * 65536); os.write(2, b'')\ntime.sleep(1000)",
      ], as: 2)
    try eventually("a full pipe") {
      try sandbox.use { $0.drainOutput() }
      return sandbox.now.function.count == 8 + 65_536
    }
    try sandbox.start(["sh", "-c", "echo last words; exec sleep 1000"], as: 3)
    try sandbox.wait("start") { $0.hasStarted(3) }
    try sandbox.close()
    #expect(sandbox.now.end(2) == .signaled(SIGKILL))
  }

  @Test("A signal reaches the process, a kill its group")
  func signals() throws {
    let sandbox = try OpenSandbox(Kind().settings())
    try sandbox.start(
      ["sh", "-c", "trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.01; done"], as: 1)
    try sandbox.wait("ready") { $0.functionText == "ready\n" }
    try sandbox.use { $0.signal(1, SIGTERM) }
    try sandbox.wait("end") { $0.end(1) != nil }
    #expect(sandbox.now.end(1) == .exited(3))
    #expect(sandbox.now.functionText == "ready\ncaught\n")
    try sandbox.start(["sleep", "1000"], as: 2)
    try sandbox.use { $0.kill(2) }
    try sandbox.wait("end") { $0.end(2) != nil }
    #expect(sandbox.now.end(2) == .signaled(SIGKILL))
    try sandbox.close()
  }

  @Test("A sweep ends daemons and chains of forks, and what is started after it runs", arguments: Kind.all)
  func sweep(_ kind: Kind) throws {
    let scratch = try Scratch()
    let zoo = try Zoo(scratch)
    let sandbox = try OpenSandbox(kind.settings())
    try sandbox.start(zoo.arguments(chain: true), as: 1)
    try zoo.waitUntilAllRun()
    try sandbox.use {
      $0.freeze()
      $0.sweep()
      $0.start(
        ProcessOrder(
          arguments: ["/bin/sh", "-c", "echo next"], environment: [], directory: "/", output: .extensions),
        as: 2)
    }
    try sandbox.wait("end") { $0.end(2) != nil }
    #expect(sandbox.now.end(1) == .signaled(SIGKILL))
    #expect(sandbox.now.end(2) == .exited(0))
    #expect(zoo.standsStill)
    try sandbox.close()
  }

  @Test("A program that is no supervisor fails, and one that is not there")
  func failures() throws {
    for (program, sentence) in [
      ("/no/such/lanes", "The supervisor /no/such/lanes cannot be started: No such file or directory."),
      ("/bin/true", "The supervisor has ended before it was ready."),
    ] {
      let sandbox = try OpenSandbox(SandboxSettings(program: [program]))
      try sandbox.wait("failed") { $0.failure != nil }
      #expect(sandbox.now.failure == sentence)
    }
  }

  @Test("Frames of any length are put together")
  func reports() {
    var reports = SupervisorReports()
    var bytes = ByteBuffer(repeating: 0, count: 40)
    bytes.setInteger(UInt32(5), at: 0, endianness: .little)
    var first = bytes.readSlice(length: 3) ?? ByteBuffer()
    reports.append(&first)
    #expect(reports.next() == nil)
    reports.append(&bytes)
    #expect(reports.next()?.kind == 5)
    #expect(reports.next() == nil)
  }
}
