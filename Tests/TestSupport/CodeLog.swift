package import LambdaLifecycle

/// An init of a function in milliseconds, and the times of its lines.
package struct CodeLog {
  package var log = EventLog(source: .emulator)
  private let function: Name
  private let environment: EnvironmentID
  private var origin: Timestamp = 0

  package init(function: String = "hello", environment: String = "env-1") {
    self.function = log.catalog.name(function)
    self.environment = log.catalog.environment(log.catalog.name(environment), of: self.function)
  }

  package mutating func add(_ milliseconds: Double, _ kind: LifecycleEvent.Kind) {
    log.append(
      LifecycleEvent(
        time: origin + Int64(milliseconds * 1e6), function: function, environment: environment, kind: kind))
  }

  /// Create 20 ms, runtime init up to 70, function init up to `end`; the module is begun at 60.
  package mutating func begin(at start: Int64 = 0) {
    origin = .milliseconds(start)
    add(0, .phaseBegan(.create))
    add(20, .phaseEnded(PhaseEnd(.create, outcome: .success)))
    add(20, .phaseBegan(.runtimeInit))
    add(60, .phaseEnded(PhaseEnd(.runtimeInit, outcome: .success)))
    add(60, .phaseBegan(.functionInit))
  }

  /// A statement that began `begin` ms after its process, which is 20 ms after the start.
  package mutating func line(
    _ file: String, _ line: Int32, _ text: String = "", from begin: Double, _ length: Double,
    _ packages: [(String, Double)] = []
  ) {
    let name = log.catalog.name(file)
    let text = text.isEmpty ? Name.none : log.catalog.name(text)
    let end = 20 + begin + length
    add(
      end,
      .lineRan(LineTime(name, line: line, text: text, length: Int64(length * 1e6), begin: Int64(begin * 1e6)))
    )
    for (package, length) in packages {
      add(
        end,
        .packageImported(
          PackageTime(name, line: line, name: log.catalog.name(package), length: Int64(length * 1e6))))
    }
  }

  /// The module has been imported; process 10, client 30, measuring 2.
  package mutating func module(_ file: String, _ length: Double, compiling: Double = -1, files: Int32 = 0) {
    add(
      62 + length,
      .moduleImported(
        ModuleTime(
          log.catalog.name(file), length: Int64(length * 1e6), process: 10_000_000, client: 30_000_000,
          compiledFiles: files, compiling: compiling < 0 ? -1 : Int64(compiling * 1e6), measuring: 2_000_000))
    )
  }

  package mutating func end(_ milliseconds: Double, _ outcome: Outcome = .success) {
    add(milliseconds, .phaseEnded(PhaseEnd(.functionInit, outcome: outcome)))
  }

  package var timeline: Timeline {
    var timeline = Timeline(.emulator)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    return timeline
  }
}
