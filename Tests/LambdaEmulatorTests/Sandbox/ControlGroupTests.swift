internal import Glibc
internal import Synchronization
internal import Testing

@testable internal import LambdaEmulator

@Suite struct ControlGroupTests {
  static let mixed = """
    25 30 0:23 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
    26 25 0:24 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
    35 25 0:30 / /sys/fs/cgroup/unified rw,relatime shared:11 - cgroup2 cgroup2 rw
    """

  @Test("The mount is found among others, with optional fields and without")
  func mount() throws {
    let mount = try #require(CgroupMount(mountinfo: Self.mixed))
    #expect(mount.point == "/sys/fs/cgroup/unified")
    #expect(mount.folder(ofGroups: "4:memory:/a\n0::/\n") == "/sys/fs/cgroup/unified")
    #expect(mount.folder(ofGroups: "0::/user.slice/x\n") == "/sys/fs/cgroup/unified/user.slice/x")
    #expect(mount.folder(ofGroups: "4:memory:/a\n") == nil)
    let bind = try #require(
      CgroupMount(mountinfo: "1 2 0:3 /docker/id /sys/fs/cgroup ro - cgroup2 cgroup rw"))
    #expect(bind.folder(ofGroups: "0::/docker/id") == "/sys/fs/cgroup")
    #expect(bind.folder(ofGroups: "0::/docker/id/x") == "/sys/fs/cgroup/x")
    #expect(bind.folder(ofGroups: "0::/docker/id2") == nil)
    #expect(CgroupMount(mountinfo: "") == nil)
    // Version 1 has a hierarchy for each of its controllers, or for several at once.
    let memory = try #require(CgroupMount(mountinfo: Self.mixed, controller: "memory"))
    #expect(memory.point == "/sys/fs/cgroup/memory")
    #expect(memory.folder(ofGroups: "4:memory:/a:b\n0::/\n") == "/sys/fs/cgroup/memory/a:b")
    #expect(memory.folder(ofGroups: "0::/\n") == nil)
    #expect(CgroupMount(mountinfo: Self.mixed, controller: "cpu") == nil)
    let both = try #require(
      CgroupMount(mountinfo: "1 2 0:3 / /c rw - cgroup cgroup rw,cpu,cpuacct", controller: "cpu"))
    #expect(both.folder(ofGroups: "2:cpuacct,cpu:/x") == "/c/x")
  }

  @Test("What a killed run has left is ended and removed, what a living one has is not", .needsControlGroups)
  func stale() throws {
    try withControlGroups { groups in try endStale(groups) }
  }

  private func endStale(_ groups: ControlGroups) throws {
    let parent = groups.folder.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    // A number that no process can have.
    let left = "\(parent)/lanes-\(1 << 22 + 5)"
    let environment = ControlGroup(folder: "\(left)/env-1")
    mkdir(left, 0o755)
    mkdir(environment.folder, 0o755)
    let sandbox = try OpenSandbox(
      SandboxSettings(program: [Programs.lanes], freezing: .controlGroup, controlGroup: environment))
    try sandbox.start(["sh", "-c", "sleep 1000 & setsid sleep 1000 & echo ready; wait"])
    try sandbox.wait("ready") { $0.functionText == "ready\n" }
    try sandbox.use { $0.freeze() }
    ControlGroups.removeStale()
    #expect(access(left, F_OK) != 0)
    #expect(access(groups.folder, F_OK) == 0)
    try sandbox.wait("end") { $0.end(1) == .signaled(SIGKILL) }
    try sandbox.close()
  }

  @Test(
    "A control group freezes what is in it, and is removed with its sandbox", .needsControlGroups,
    arguments: [true, false])
  func freezes(mayUseNamespace: Bool) throws {
    try withControlGroups { groups in
      let group = try #require(groups.environment(1))
      try freezeAndThaw(Kind(mayUseNamespace: mayUseNamespace, freezing: Freezing(best: groups)), group)
      #expect(access(group.folder, F_OK) != 0)
    }
  }
}

/// One at a time: all of a process' groups are in one folder.
private let turn = Mutex(())

/// Does something with control groups.
func withControlGroups(_ work: (ControlGroups) throws -> Void) throws {
  try turn.withLock { _ in
    let groups = try #require(ControlGroups.find())
    defer { groups.remove() }
    try work(groups)
  }
}

/// This machine has control groups that we may make.
private let hasControlGroups = turn.withLock { _ in
  guard let groups = ControlGroups.find() else { return false }
  groups.remove()
  return true
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, visibly, where there are no control groups to be had: it depends on the machine.
  static var needsControlGroups: Self {
    .enabled(if: hasControlGroups, "needs a folder of cgroup v2 that can be written")
  }
}
