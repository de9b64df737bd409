internal import CSupervisor
internal import Glibc
internal import NIOCore

/// The processes of one execution environment, in the care of a supervisor, which is a process of its own: whatever
/// happens to us, it ends them.
///
/// It is used on its event loop only, and lives until it has reported `closed` or `failed`. It reports on the loop, and
/// never `opened`, `failed` or `closed` from inside a call of one of its methods.
final class Sandbox {
  private enum State: Equatable { case new, opening, open, closing, over }

  private let settings: SandboxSettings
  let loop: any EventLoop
  private let tell: (SandboxEvent) -> Void
  private var state = State.new
  private var supervisor: SupervisorProcess?
  private var control: SupervisorControl?
  private var outputs: [SandboxOutput] = []
  /// Processes that were asked for and have neither been started nor failed to.
  private var starting: Set<ProcessKey> = []
  private var hasBeenUsed = false
  private var isFrozen = false
  private var hasShare = false
  private var killsSeen: Int64 = 0
  private var peaks: ProcessPeaks?
  private var lastMeasured = NIODeadline.uptimeNanoseconds(0)
  private var peakKnown: Int32?
  /// The control group's count when the processes were measured last, and the result of that.
  private var lastCounted: Int32 = -1
  private var resident: Int32 = 0
  /// Opened once: this spares two of three calls of the system each time that it is frozen and thawed.
  private lazy var freezer = settings.controlGroup?.openFreezer()

  /// Called when the supervisor has carried out a command other than a start, with its kind
  /// and 0 or an errno: for measurements.
  var carriedOut: (UInt32, Int32) -> Void = { _, _ in }

  /// - Parameters:
  ///   - settings: the parts it is made of.
  ///   - loop: the loop on which it is used, and on which it reports.
  ///   - tell: called with each event.
  init(_ settings: SandboxSettings, on loop: any EventLoop, _ tell: @escaping (SandboxEvent) -> Void) {
    self.settings = settings
    self.loop = loop
    self.tell = tell
  }

  /// Its processes have a file system of their own, and names of their own in it.
  var isIsolated: Bool { settings.folder != nil }

  /// The address of `sandbox.localdomain`; nil where its processes know no such name.
  var address: String? { settings.folder?.address?.description }

  /// The way in which it freezes.
  var freezing: Freezing {
    settings.freezing == .controlGroup && settings.controlGroup == nil ? .signals : settings.freezing
  }

  /// False: output stays in its pipes, and writers wait where they are full. The output of processes that have ended
  /// is reported all the same.
  var isReadingOutput = true {
    didSet { for output in outputs { output.isReading = isReadingOutput } }
  }

  /// Starts the supervisor; `opened` or `failed` follows.
  func open() {
    guard state == .new else { return }
    state = .opening
    let ends: SupervisorProcess.Ends
    do {
      (supervisor, ends) = try SupervisorProcess.start(settings)
    } catch {
      let sentence = "The supervisor \(settings.program.first ?? "") cannot be started: \(error.reason)."
      return later { sandbox in sandbox.end(with: .failed(sentence)) }
    }
    outputs = [
      SandboxOutput(ends.function, on: loop) { self.tell(.output(.function, $0)) },
      SandboxOutput(ends.extensions, on: loop) { self.tell(.output(.extensions, $0)) },
    ]
    for output in outputs { output.isReading = isReadingOutput }
    let control = SupervisorControl(tell: { self.hear($0) }, ended: { self.supervisorIsGone() })
    self.control = control
    control.open(ends.control, on: loop)
  }

  /// Starts a process; `started` or `notStarted` follows. Thaws, for no process can
  /// be started while it is frozen.
  func start(_ order: ProcessOrder, as key: ProcessKey) {
    guard state != .closing, state != .over else { return }
    thaw()
    guard let command = SupervisorCommand(starting: order, as: key) else {
      return later { sandbox in sandbox.tell(.notStarted(key, errno: E2BIG)) }
    }
    starting.insert(key)
    hasBeenUsed = true
    control?.send(command)
  }

  /// Stops whatever runs in it, as soon as all processes that were asked for have been started.
  func freeze() {
    guard !isFrozen else { return }
    isFrozen = true
    freezeWhenStarted()
  }

  /// Lets it go on.
  func thaw() {
    guard isFrozen else { return }
    isFrozen = false
    switch freezing {
    case .controlGroup: if freezer?.write("0") != true { settings.controlGroup?.thaw() }
    case .signals: send(LANES_THAW)
    case .none: break
    }
  }

  /// Sends a signal to a process itself; none where it has ended.
  func signal(_ key: ProcessKey, _ number: Int32) { send(LANES_SIGNAL, key, number: number) }

  /// Kills a process and its group.
  func kill(_ key: ProcessKey) {
    // Processes that ran out of memory before have not ended for this.
    _ = hasRunOutOfMemory()
    send(LANES_KILL, key)
  }

  /// Init has ended: from now on its processes have their share of processors. No page says that Lambda lifts that for
  /// an init after a reset; here it stays.
  func initHasEnded() {
    if let supervisor { peaks = ProcessPeaks(below: supervisor.pid, after: peaks) }
    guard !hasShare else { return }
    hasShare = true
    settings.limits?.limitProcessors()
  }

  /// Returns true where the system has ended a process of it for want of memory since the last call.
  func hasRunOutOfMemory() -> Bool {
    let kills = settings.limits?.kills ?? 0
    defer { killsSeen = kills }
    return kills > killsSeen
  }

  /// The most memory that its processes have used; nil where nobody knows. A control group does not count memory that
  /// others have loaded first, such as programs and libraries; processes do not count files in the cache: the larger
  /// figure is given.
  ///
  /// It is read once a millisecond at most: memory that a request adds right after that is reported with the
  /// next one.
  func peakMegabytes() -> Int32? {
    let now = NIODeadline.now()
    if now - lastMeasured < .milliseconds(1), let known = peakKnown { return known }
    lastMeasured = now
    peakKnown = measurePeak()
    return peakKnown
  }

  private func measurePeak() -> Int32? {
    guard let counted = settings.limits?.peakMegabytes else { return peaks?.measure() }
    if counted != lastCounted { resident = peaks?.measure() ?? resident }
    lastCounted = counted
    return max(counted, resident)
  }

  /// Kills whatever runs in it. Processes started later are not concerned.
  func sweep() {
    // Nor is anything born in a group that was killed before, on some systems (start.c).
    guard hasBeenUsed else { return }
    killControlGroup()
    send(LANES_SWEEP)
  }

  /// Reports at once the output that has been written and not been reported yet.
  func drainOutput() { for output in outputs { output.drain() } }

  /// Kills whatever runs in it and ends; `closed` follows.
  func close() {
    switch state {
    case .closing, .over: return
    case .new: later { sandbox in sandbox.end(with: .closed) }
    case .opening, .open:
      killControlGroup()
      send(LANES_QUIT)
      // Its own limit is shorter (LONGEST_END_MS).
      loop.assumeIsolated().scheduleTask(in: .seconds(6)) { self.supervisor?.kill() }
    }
    state = .closing
  }

  /// Ends the supervisor as somebody might who does not know it, for tests; `failed` follows.
  func killSupervisor() { supervisor?.kill() }

  // MARK: - Reports

  private func hear(_ report: lanes_report) {
    switch report.kind {
    case LANES_HELLO.rawValue:
      guard state == .opening, let containment = Containment(report.value) else { return }
      // The processes that a dead subreaper leaves then become ours, and can be ended.
      if containment == .subreaper { lanes_adopt_orphans() }
      state = .open
      tell(.opened(containment))
    case LANES_STARTED.rawValue:
      hasStarted(report.key)
      tell(.started(report.key, pid: report.value))
    case LANES_NOT_STARTED.rawValue:
      hasStarted(report.key)
      tell(.notStarted(report.key, errno: report.value))
    case LANES_ENDED.rawValue:
      // Its output was in the pipes before its end was known.
      drainOutput()
      tell(
        .ended(report.key, ProcessEnd(waitStatus: report.value), peakMemoryKB: report.peak_memory_kb))
    case LANES_DONE.rawValue: carriedOut(report.key, report.value)
    default: break
    }
  }

  private func hasStarted(_ key: ProcessKey) {
    starting.remove(key)
    freezeWhenStarted()
  }

  private func freezeWhenStarted() {
    // A process that is frozen before it has become its program holds its supervisor up.
    guard isFrozen, starting.isEmpty else { return }
    switch freezing {
    case .controlGroup: if freezer?.write("1") != true { settings.controlGroup?.freeze() }
    case .signals: send(LANES_FREEZE)
    case .none: break
    }
  }

  // MARK: - Its end

  private func supervisorIsGone() {
    guard state != .over else { return }
    let wasAsked = state == .closing
    let isOpening = state == .opening
    state = .closing
    killControlGroup()
    let leftovers = wasAsked ? nil : supervisor.map { Leftovers(mark: $0.mark) }
    let event: SandboxEvent =
      wasAsked
      ? .closed
      : .failed(
        isOpening
          ? "The supervisor has ended before it was ready." : "The supervisor of its processes was killed.")
    finish(leftovers, until: .now() + .seconds(5), event)
  }

  /// Looks again and again, as nobody reports all of these ends.
  private func finish(_ leftovers: Leftovers?, until deadline: NIODeadline, _ event: SandboxEvent) {
    var leftovers = leftovers
    let isNothingLeft = leftovers?.end() ?? true
    let hasEnded = supervisor?.hasEnded() ?? true
    if hasEnded { supervisor = nil }
    let isRemoved =
      hasEnded && isNothingLeft && (settings.controlGroup?.remove() ?? true)
      && (settings.limits?.remove() ?? true)
    if hasEnded, isNothingLeft, isRemoved { return end(with: event) }
    guard NIODeadline.now() < deadline else { return end(with: event) }
    // All of /proc is read for leftovers.
    loop.assumeIsolated().scheduleTask(in: .milliseconds(isNothingLeft ? 1 : 10)) {
      self.finish(leftovers, until: deadline, event)
    }
  }

  private func end(with event: SandboxEvent) {
    guard state != .over else { return }
    for output in outputs { output.close() }
    outputs = []
    control = nil
    settings.folder?.remove()
    state = .over
    tell(event)
  }

  /// SIGKILL reaches the frozen; then they may be thawed, so that processes started next are not frozen.
  private func killControlGroup() {
    settings.controlGroup?.kill()
    if freezing == .controlGroup { thaw() } else { isFrozen = false }
  }

  private func send(_ kind: lanes_command_kind, _ key: ProcessKey = 0, number: Int32 = 0) {
    control?.send(SupervisorCommand(kind, key, number: number))
  }

  private func later(_ work: @escaping (Sandbox) -> Void) {
    loop.assumeIsolated().execute { work(self) }
  }
}
