internal import Glibc
internal import TestSupport
internal import Testing

@testable internal import LambdaEmulator

@Suite struct FreezingTests {
  @Test("Thread, child and daemon stand still, and go on", arguments: Kind.all)
  func freezes(_ kind: Kind) throws { try freezeAndThaw(kind) }
}

/// A function with a thread, a child and a daemon stands still whenever it is frozen, and goes on.
func freezeAndThaw(_ kind: Kind, _ group: ControlGroup? = nil) throws {
  let scratch = try Scratch()
  let zoo = try Zoo(scratch)
  let sandbox = try OpenSandbox(kind.settings(group))
  try sandbox.start(zoo.arguments(chain: true))
  try zoo.waitUntilAllRun()
  for _ in 0..<3 {
    try sandbox.use { $0.freeze() }
    try eventually("nobody counts", within: .seconds(2)) { zoo.standsStill }
    #expect(zoo.standsStill)
    try sandbox.use { $0.thaw() }
    try zoo.waitUntilAllRun()
  }
  // One that is not asked for comes after all that were asked for, and a start thaws.
  try sandbox.use { sandbox in
    let order = ProcessOrder(arguments: ["/bin/true"], environment: [], directory: "/", output: .function)
    sandbox.start(order, as: 2)
    sandbox.freeze()
    sandbox.thaw()
    sandbox.freeze()
  }
  try sandbox.wait("start") { $0.hasStarted(2) }
  try eventually("nobody counts", within: .seconds(2)) { zoo.standsStill }
  try sandbox.start(["true"], as: 3)
  try sandbox.wait("end") { $0.end(3) != nil && $0.end(2) != nil }
  try zoo.waitUntilAllRun()
  try sandbox.use { $0.freeze() }
  try sandbox.close()
  #expect(zoo.standsStill)
  #expect(sandbox.now.end(1) == .signaled(SIGKILL))
}
