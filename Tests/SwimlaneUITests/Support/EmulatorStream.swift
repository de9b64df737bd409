import LambdaLifecycle

/// The reports of RIE, written as events: init undivided, nothing about freezing, milliseconds.
struct EmulatorStream {
  var session: Session
  private let function: Name
  private let environment: EnvironmentID
  private var requests = 0

  init(
    live: Bool, source: SourceKind = .rie, name: String = "rie-1",
    function functionName: String = "app.handler"
  ) {
    session = Session(reading: source, live: live, start: Show.start)
    function = session.log.catalog.name(functionName)
    environment = session.log.catalog.environment(session.log.catalog.name(name), of: function)
  }

  mutating func event(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind, request: RequestID = .none) {
    session.log.append(
      LifecycleEvent(
        time: Show.start + .milliseconds(milliseconds), function: function, environment: environment,
        request: request, kind: kind))
  }

  mutating func span(
    _ phase: Phase, _ begin: Int64, _ end: Int64, _ outcome: Outcome = .success, _ error: ErrorType = .none,
    request: RequestID = .none
  ) {
    event(begin, .phaseBegan(phase), request: request)
    event(
      end, .phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name)), request: request)
  }

  /// The next request id.
  mutating func request() -> RequestID {
    requests += 1
    return session.log.catalog.request("3f1c7a52-0000-4000-8000-00000000000\(requests)")
  }

  /// A cold start, a warm request, one that is too late, a re-init after it, a crash.
  mutating func life() {
    event(0, .environmentCreated(.onDemand))
    span(.initialization, 0, 900)
    span(.invoke, 900, 1_500, request: request())
    span(.invoke, 3_000, 3_200, request: request())
    span(.invoke, 4_500, 7_500, .timeout, .sandboxTimedout, request: request())
    span(.shutdown, 7_500, 7_800, .timeout)
    span(.initialization, 9_000, 9_800)
    span(.invoke, 9_800, 10_100, request: request())
    span(.invoke, 11_000, 11_400, .error, .runtimeExitError, request: request())
    span(.shutdown, 11_400, 11_600, .failure)
  }

  /// A cold start whose function divides it, a nested mark and one that is never ended, names that mean harm.
  mutating func markedLife() {
    func mark(_ milliseconds: Int64, _ name: String, _ edge: Mark.Edge) {
      let name = session.log.catalog.name(name)
      event(milliseconds, .mark(Mark(name, edge)))
    }
    event(0, .environmentCreated(.onDemand))
    event(0, .phaseBegan(.initialization))
    let costs: [(String, Int64, Int64)] = [
      ("boto3.session", 40, 90), ("boto3", 10, 100), ("json", 12, 12), ("\u{1B}[2J", 1, 1),
    ]
    for (name, own, total) in costs {
      let name = session.log.catalog.name(name)
      event(
        300,
        .imported(ImportTime(name, own: .milliseconds(own), total: .milliseconds(total), depth: 0)))
    }
    mark(320, Mark.functionInit, .begin)
    mark(400, "db connect", .begin)
    mark(500, "TLS", .begin)
    mark(650, "TLS", .end)
    mark(812, "db connect", .end)
    event(900, .phaseEnded(PhaseEnd(.initialization, outcome: .success)))
    event(900, .phaseBegan(.invoke))
    mark(1_000, "look up \u{1B}[31m", .begin)
    mark(1_100, "cache warm", .moment)
    event(1_600, .phaseEnded(PhaseEnd(.invoke, outcome: .success)))
  }

  /// A cold start of `lanes run` whose lines are reported, with a module of the function's own inside, from a
  /// moment on.
  /// - Parameter sleep: the length of line 7.
  mutating func toldInit(at start: Int64 = 0, sleep: Int64 = 120, isKilled: Bool = false) {
    func line(
      _ file: String, _ number: Int32, _ text: String, _ begin: Int64, _ length: Int64,
      _ packages: [(String, String, Int64)] = []
    ) {
      let names = [file, text].map { session.log.catalog.name($0) }
      let end = start + 30 + begin + length
      event(
        end,
        .lineRan(
          LineTime(
            names[0], line: number, text: names[1], length: .milliseconds(length), begin: .milliseconds(begin)
          )))
      for (name, importer, length) in packages {
        let package = session.log.catalog.name(name)
        let by = importer.isEmpty ? Name.none : session.log.catalog.name(importer)
        event(
          end,
          .packageImported(
            PackageTime(names[0], line: number, name: package, importer: by, length: .milliseconds(length))))
      }
    }
    event(start, .environmentCreated(.onDemand))
    span(.create, start, start + 30)
    span(.runtimeInit, start + 30, start + 75)
    event(start + 75, .phaseBegan(.functionInit))
    line(
      "app.py", 3, "import boto3", 45, 103,
      [("botocore", "boto3", 61), ("Python", "", 20), ("urllib3", "botocore", 14)])
    line("store/table.py", 2, "time.sleep(\u{1B}[2J0.05)", 150, 50)
    line("app.py", 5, "import store.table", 148, 55, [("store/table.py", "", 54)])
    line("app.py", 7, #"s3 = boto3.client("s3")"#, 203, sleep)
    guard !isKilled else {
      return event(start + 10_000, .phaseEnded(PhaseEnd(.functionInit, outcome: .timeout)))
    }
    let end = start + 30 + 203 + sleep
    let module = session.log.catalog.name("app.py")
    event(
      end + 2,
      .moduleImported(
        ModuleTime(
          module, length: .milliseconds(160 + sleep), process: .milliseconds(12), client: .milliseconds(33),
          compiledFiles: 31, compiling: .milliseconds(40), measuring: .milliseconds(4))))
    event(end + 9, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)))
    span(.invoke, end + 9, end + 20, request: request())
  }
}
