internal import Glibc
internal import NIOCore
internal import TestSupport
internal import Testing

@testable internal import LambdaEmulator

/// The processes and files left when an emulator, or a supervisor, is killed without a warning.
@Suite struct OwnerDiesTests {
  @Test(
    "Nothing is left a second after the emulator was killed", arguments: Kind.all, [false, true])
  func emulator(_ kind: Kind, isFrozen: Bool) throws {
    let scratch = try Scratch()
    let zoo = try Zoo(scratch)
    // Lower than those of sandboxes: a limit can only be lowered.
    let mark = UInt64.random(in: 1 << 36..<1 << 39)
    // The owner is a process in a sandbox of ours, so that a test that fails leaves nothing either.
    let outer = try OpenSandbox(SandboxSettings(program: [Programs.lanes]))
    try outer.start(
      (kind.isOrdinary ? Programs.ordinary : [])
        + [
          Programs.python, Programs.path("owner.py"), Programs.lanes, "\(mark)",
          kind.mayUseNamespace ? "namespace" : "subreaper", isFrozen ? "freeze" : "run",
        ] + zoo.arguments(chain: true),
      environment: ["PATH=/usr/bin:/bin"])
    try outer.wait("the owner is ready") { $0.functionText.hasSuffix("\n") }
    #expect(outer.now.functionText.split(separator: " ").count == 2, "\(outer.now.functionText)")
    // The supervisor and three processes; the chain may be between two of its own.
    #expect(living(mark).count >= 4)
    try outer.use { $0.signal(1, SIGKILL) }
    try outer.wait("end") { $0.end(1) != nil }
    try eventually("nothing is left", within: .seconds(1)) { living(mark).isEmpty }
    try outer.close()
  }

  @Test(
    "A control group that is frozen ends with its emulator too", .needsControlGroups,
    arguments: [true, false])
  func controlGroup(mayUseNamespace: Bool) throws {
    try withControlGroups { groups in
      let group = try #require(groups.environment(201))
      let scratch = try Scratch()
      let zoo = try Zoo(scratch)
      let mark = UInt64.random(in: 1 << 36..<1 << 39)
      let outer = try OpenSandbox(SandboxSettings(program: [Programs.lanes]))
      try outer.start(
        [
          Programs.python, Programs.path("owner.py"), Programs.lanes, "\(mark)",
          mayUseNamespace ? "namespace" : "subreaper", group.folder,
        ] + zoo.arguments(),
        environment: ["PATH=/usr/bin:/bin"])
      try outer.wait("the owner is ready") { $0.functionText.hasSuffix("\n") }
      #expect(living(mark).count >= 4)
      try eventually("nobody counts", within: .seconds(2)) { zoo.standsStill }
      try outer.use { $0.signal(1, SIGKILL) }
      try outer.wait("end") { $0.end(1) != nil }
      try eventually("nothing is left", within: .seconds(1)) { living(mark).isEmpty }
      #expect(group.remove())
      try outer.close()
    }
  }

  @Test("A killed supervisor is told, and what it had is ended", arguments: Kind.all)
  func supervisor(_ kind: Kind) throws {
    let scratch = try Scratch()
    let zoo = try Zoo(scratch)
    let sandbox = try OpenSandbox(kind.settings())
    try sandbox.start(zoo.arguments(chain: true))
    try zoo.waitUntilAllRun()
    try sandbox.use { $0.killSupervisor() }
    try sandbox.wait("failed") { $0.failure != nil }
    #expect(sandbox.now.failure == "The supervisor of its processes was killed.")
    #expect(zoo.standsStill)
  }
}
