import EventSources
import LambdaLifecycle
import Testing

/// Several inputs in one session.
@Suite struct InputsTests {
  private static let telemetry = """
    {"time":"2026-07-09T06:05:45.000Z","type":"platform.initStart","record":{"initializationType":"on-demand",\
    "phase":"init","functionName":"f","functionVersion":"$LATEST"}}
    {"time":"2026-07-09T06:05:45.500Z","type":"platform.initRuntimeDone","record":{"initializationType":"on-demand",\
    "phase":"init","status":"success"}}

    """

  private func readAll(_ inputs: Inputs, _ log: inout EventLog) {
    while !inputs.hasEnded {
      inputs.wait()
      inputs.read(into: &log, maxBytes: 1 << 20)
    }
  }

  private static let header =
    #"{"format":"lambda-lanes-recording","version":1,"origin":"2026-07-09T06:05:45Z","source":"rie"}"# + "\n"

  private static let newerHeader = header.replacing("version\":1", with: "version\":2")

  private static let understandings: [(String, Bool)] = [
    (telemetry, true),
    (header, true),
    (header + header, true),
    (header + #"{"time":0,"event":"marker","text":"here"}"# + "\n", true),
    (header + #"{"time":0,"event":"output","origin":"function","text":"x"}"# + "\nnonsense\n", true),
    (header + "nonsense\n", false),
    ("nonsense\n", false),
    ("", false),
    ("\n\n", false),
    (newerHeader + telemetry, false),
  ]

  @Test(
    "an input is understood where an event tells of more than lines, or a recording is empty",
    arguments: understandings)
  func understood(text: String, isUnderstood: Bool) throws {
    let directory = try TemporaryDirectory()
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    try inputs.start(file: directory.file("a", text), follow: false, tellsArrival: false, in: &log)
    readAll(inputs, &log)
    #expect(inputs.inputs.map(\.isUnderstood) == [isUnderstood])
    #expect((inputs.refusal != nil) == text.contains("version\":2"))
    #expect(inputs.isOver)
  }

  @Test("of an input that is not understood the first line that says something is kept, cut")
  func firstLine() throws {
    let directory = try TemporaryDirectory()
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    let text = "\n  \n" + String(repeating: "x", count: 1_000) + "\nsecond\n"
    try inputs.start(file: directory.file("a", text), follow: false, tellsArrival: false, in: &log)
    readAll(inputs, &log)
    #expect(inputs.inputs.map(\.firstLine) == [String(repeating: "x", count: 400)])
  }

  @Test("a refused input does not end those beside it")
  func refusedBesideAnother() throws {
    let directory = try TemporaryDirectory()
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    try inputs.start(file: directory.file("a", Self.newerHeader), follow: true, tellsArrival: false, in: &log)
    try inputs.start(file: directory.file("b", Self.telemetry), follow: true, tellsArrival: false, in: &log)
    while inputs.refusal == nil || !inputs.inputs[1].isUnderstood {
      inputs.wait(milliseconds: 50)
      inputs.read(into: &log, maxBytes: 1 << 20)
    }
    #expect(!inputs.isOver)
    #expect(inputs.refusal?.hasPrefix("a: ") == true)
    inputs.stop(into: &log)
  }

  @Test("each file is an input of its own, with its counts, and its environments are its own")
  func twoFiles() throws {
    let directory = try TemporaryDirectory()
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    for name in ["a", "b"] {
      let bad = name == "b" ? "{broken\n" : ""
      try inputs.start(
        file: directory.file(name, Self.telemetry + bad), follow: false, tellsArrival: false, in: &log)
    }
    readAll(inputs, &log)
    let statuses = inputs.statuses(at: 0)
    #expect(statuses.map(\.name) == ["a", "b"])
    #expect(statuses.map(\.kind) == [.telemetry, .telemetry])
    #expect(statuses.map(\.state) == [.ended, .ended])
    #expect(statuses.map(\.undecodable) == [0, 1])
    #expect(statuses[0].events > 0 && statuses[0].events == statuses[1].events)
    #expect(log.catalog.environments.count == 2)
    #expect(Set(log.catalog.environments.map(\.source)).count == 2)
    #expect(
      Set(log.catalog.environments.map(\.name)).count == 2, "names of their own tell them apart on screen")
  }

  @Test("inputs of one name are numbered")
  func sameName() throws {
    let first = try TemporaryDirectory()
    let second = try TemporaryDirectory()
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    for path in [first.file("log", ""), second.file("log", "")] {
      try inputs.start(file: path, follow: false, tellsArrival: false, in: &log)
    }
    readAll(inputs, &log)
    #expect(inputs.statuses(at: 0).map(\.name) == ["log", "log (2)"])
  }

  @Test("the end of one input is not the end of all, and how a command ended is told of that one")
  func commands() throws {
    let inputs = try Inputs(format: nil)
    var log = EventLog()
    _ = try inputs.start(command: ["sh", "-c", "exit 3"], invoke: nil, in: &log)
    let other = try inputs.start(command: ["sleep", "1000"], invoke: nil, in: &log)
    #expect(other > 0)
    while inputs.inputs[0].status.state != .ended {
      inputs.wait()
      inputs.read(into: &log, maxBytes: 1 << 20)
    }
    #expect(inputs.inputs[0].status.end == "exited with status 3")
    #expect(!inputs.hasEnded)
    #expect(inputs.inputs[1].status.state == .waiting)
    inputs.stop(into: &log)
    #expect(inputs.hasEnded)
  }
}
