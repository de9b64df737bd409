import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite struct OverrideTests {
  private static let one = """
    functions:
      hello:
        extensions: [{name: agent}]
        provisionedConcurrency: 5
    requests:
      - poisson: 1 per second
      - at: [1 s, 2 s]
    """
  private static let two = "functions: {one: {}, two: {}}"

  private func read(_ overrides: String..., of yaml: String = one) throws -> Scenario {
    try ScenarioFilesTests.read(yaml, set: overrides).scenario
  }

  @Test func values() throws {
    #expect(try read("functions.hello.memory=1024 MB").function.memoryMB == 1_024)
    #expect(try read("title=Other").title == "Other")
    #expect(try read("account.concurrency=50").account.concurrency == 50)
    #expect(
      try read("functions.hello.extensions[0].work=5 ms").function.extensions[0].work
        == .fixed(.milliseconds(5)))
    #expect(
      try read("requests[0].poisson=5 per second").traffic[0].pattern
        == .gaps(.exponential(mean: .milliseconds(200)), from: 0, until: .never))
    #expect(try read("requests[1].at[0]=3 s").traffic[1].pattern == .times([.seconds(2), .seconds(3)]))
    #expect(try read("functions.two.timeout=9 s", of: Self.two).functions[1].timeout == .seconds(9))
  }

  @Test func theOnlyFunctionNeedNotBeNamed() throws {
    #expect(try read("memory=1024 MB").function.memoryMB == 1_024)
    #expect(try read("extensions[0].name=other").function.extensions[0].name == "other")
  }

  @Test func keysThatAreNotThereAreAdded() throws {
    #expect(try read("failures.crash=5 %").function.failures.crash == 0.05)
    // Where a key has nothing yet.
    #expect(
      try read("cpu.computing=50 %", of: "functions: {hello: {cpu: }}").function.cpu.computing == 0.5)
    #expect(try read("memory=1024 MB", of: "functions: {hello: }").function.memoryMB == 1_024)
  }

  @Test func valuesAreYAML() throws {
    #expect(
      try read("handler={median: 1 s, p99: 2 s}").function.handler
        == .logNormal(median: .seconds(1), p99: .seconds(2)))
    #expect(try read("extensions=[]").function.extensions.isEmpty)
    // Only the first = separates.
    #expect(try read("title=a=b").title == "a=b")
  }

  @Test func theLastOneHolds() throws {
    #expect(
      try read("memory=256 MB", "functions.hello.memory=512 MB", "memory=1024 MB").function.memoryMB == 1_024)
  }

  @Test(arguments: [
    (
      "memory=12 GB", one,
      "functions.hello.memory: found \"12 GB\"; expected 128 MB to 10,240 MB in steps of 1 MB"
    ),
    ("memory", one, "found no \"=\"; expected PATH=VALUE"),
    ("memory=", one, "functions.hello.memory: found nothing; expected 128 MB to 10,240 MB in steps of 1 MB"),
    ("memory=[", one, "not valid YAML: did not find expected node content"),
    ("=5", one, "found the path \"\"; expected one such as functions.hello.extensions[0].work"),
    (
      "functions..memory=5", one,
      "found the path \"functions..memory\"; expected one such as functions.hello.extensions[0].work"
    ),
    (
      "extensions[x].work=5", one,
      "found the path \"extensions[x].work\"; expected one such as functions.hello.extensions[0].work"
    ),
    (
      "extensions[0]work=5", one,
      "found the path \"extensions[0]work\"; expected one such as functions.hello.extensions[0].work"
    ),
    ("extensions[1].work=5 ms", one, "functions.hello.extensions: found no item [1]; expected [0]"),
    ("requests[2].at=5 ms", one, "requests: found no item [2]; expected [0] to [1]"),
    ("requests.poisson=5", one, "requests: found a list; expected [0] to [1] after it"),
    (
      "provisionedConcurrency.delay=5 s", one,
      "functions.hello.provisionedConcurrency: found \"5\", which has no parts; expected a value for the whole of it"
    ),
    (
      "functions[0].memory=5", one,
      "functions: found a mapping, which has no parts; expected a value for the whole of it"
    ),
    (
      "functions.helo.memory=512 MB", one,
      "functions: found no function \"helo\", did you mean hello? expected hello"
    ),
    (
      "memory=512 MB", two,
      "found \"memory\"; expected title, about, seed, until, account, prices, functions, requests, actions or steps; with several functions name one: functions.one.memory"
    ),
    (
      "cpu.speed=5", one,
      "functions.hello.cpu: found the unknown key \"speed\"; expected computing, measuredAt"
    ),
    (
      "title=&a b", one,
      "found an anchor or text that begins with &; expected the value itself: the format has no anchors and aliases"
    ),
  ])
  func mistakesOfAnOverride(_ override: String, _ yaml: String, _ message: String) {
    #expect(mistakes(yaml, set: [override]) == "--set \(override): \(message)")
  }

  @Test func anUnknownKeyOfAFunctionListsWhatIsAllowed() {
    let text = mistakes(Self.one, set: ["memroy=512 MB"])
    #expect(
      text.hasPrefix(
        "--set memroy=512 MB: functions.hello: found the unknown key \"memroy\", did you mean memory? expected runtime,"
      ),
      "\(text)")
  }

  @Test func aSweepHasOneValueAfterTheOther() throws {
    let values = Override.sweep("memory=128 MB, 256 MB,512 MB")
    #expect(values.map(\.text) == ["memory=128 MB", "memory=256 MB", "memory=512 MB"])
    #expect(values.map(\.path) == ["memory", "memory", "memory"])
    #expect(values.map(\.value) == ["128 MB", "256 MB", "512 MB"])
    #expect(values.allSatisfy { $0.option == "--sweep" })
    #expect(
      Override.sweep("handler={from: 1 s, to: 2 s},\"a,b\",[1, 2]").map(\.value)
        == ["{from: 1 s, to: 2 s}", "\"a,b\"", "[1, 2]"])
    #expect(Override.sweep("memory").map(\.text) == ["memory"])
  }

  @Test func aSweepsMistakesNameIt() {
    #expect(throws: ScenarioMistakes.self) {
      try ScenarioFile.read(
        Self.one.utf8, name: "two.yaml", overrides: [Override.sweep("memory=1,2")[1]], trace: { _ in [] })
    }
    do {
      _ = try ScenarioFile.read(
        Self.one.utf8, name: "two.yaml", overrides: [Override.sweep("memory=1,2")[1]], trace: { _ in [] })
    } catch {
      #expect(error.description.hasPrefix("--sweep memory=2: functions.hello.memory: found \"2\""))
    }
  }
}
