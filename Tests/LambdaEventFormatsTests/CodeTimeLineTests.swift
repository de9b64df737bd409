import LambdaLifecycle
import Testing

@testable import LambdaEventFormats

/// The lines of a hook about the code that ran in init, as one line of text for each fact.
@Suite struct CodeTimeLineTests {
  private func read(_ line: String) -> String {
    switch Array(line.utf8).withUnsafeBytes({ OutputLine($0) }) {
    case .code(.line(let statement)):
      let begin = statement.begin < 0 ? "" : " at \(milliseconds(statement.begin))"
      let packages = statement.packages.map {
        "\($0.name)×\($0.count) \(milliseconds($0.length)) \($0.importer)"
      }
      return
        "\(statement.file)|\(statement.line)|\(milliseconds(statement.length))\(begin)|\(statement.text)|"
        + packages.joined(separator: ";")
    case .code(.module(let module)):
      let parts = [module.process, module.client, module.compiling, module.measuring].map(milliseconds)
      return
        "\(module.file)|\(milliseconds(module.length))|\(parts.joined(separator: " "))|\(module.compiledFiles)"
    case .mark(let name, _): return "mark \(name)"
    case .importTime: return "import"
    case nil: return "nothing"
    }
  }

  private func milliseconds(_ length: Nanoseconds) -> String {
    length < 0 ? "-" : "\(Double(length) / 1e6)"
  }

  @Test(
    "statements: where, how long, since when, what they say, and what they import",
    arguments: [
      ("lanes: line app.py:3 103.0 ms", "app.py|3|103.0||"),
      ("lanes: line app.py:3 103.0 ms at 32.25 ms", "app.py|3|103.0 at 32.25||"),
      (
        "lanes: line app.py:3 103.0 ms import boto3 <- Python 47.9, botocore 28.0 by boto3, 2 more 2.2",
        "app.py|3|103.0|import boto3|Python×1 47.9 ;botocore×1 28.0 boto3;×2 2.2 "
      ),
      ("lanes: line app.py:3 1.5 ms at 2.0 ms <- store/db.py 1.4", "app.py|3|1.5 at 2.0||store/db.py×1 1.4 "),
      ("lanes: line app.py:3 5 ms <- 1 more 0.28", "app.py|3|5.0||1 more×1 0.28 "),
      ("lanes: line a b/my: app.py:12 7 ms x = 1", "a b/my: app.py|12|7.0|x = 1|"),
      ("lanes: line app.py:0 0.8 ms (find, read, compile)", "app.py|0|0.8|(find, read, compile)|"),
      // Arrows of the text's own, and a text that says when.
      (#"lanes: line app.py:9 2.5 ms s = "a <- b" <- json 1.0"#, #"app.py|9|2.5|s = "a <- b"|json×1 1.0 "#),
      (#"lanes: line app.py:9 2.5 ms s = "a <- b""#, #"app.py|9|2.5|s = "a <- b"|"#),
      ("lanes: line app.py:9 2.5 ms at = 3", "app.py|9|2.5|at = 3|"),
      ("lanes: line app.py:9 2.5 ms at home", "app.py|9|2.5|at home|"),
      // A logger's prefix, and JSON.
      ("[INFO]\t2026-11-23T03:06:34.992Z\tid\tlanes: line app.py:1 2 ms", "app.py|1|2.0||"),
      (#"{"message":"lanes: line app.py:1 2 ms x = \"y\""}"#, #"app.py|1|2.0|x = "y"|"#),
      // Characters that act on a terminal are no part of a text.
      ("lanes: line app.py:1 2 ms a\u{1B}[2Jb", "app.py|1|2.0|a [2Jb|"),
    ])
  func statements(line: String, said: String) { #expect(read(line) == said) }

  @Test(
    "the module, and what came before it",
    arguments: [
      ("lanes: init app.py 192.5 ms", "app.py|192.5|- - - -|0"),
      (
        "lanes: init app.py 192.5 ms, lines 192.5; before it: process 10.8, runtime 22.0; lanes 0.7",
        "app.py|192.5|10.8 22.0 - 0.7|0"
      ),
      (
        "lanes: init my app.py 19 ms, lines 19; before it: process 1 ms, runtime 2 ms; compiled 412 files 640.2 ms; lanes 3 ms",
        "my app.py|19.0|1.0 2.0 640.2 3.0|412"
      ),
      ("lanes: init app.py 19 ms; something new 3", "app.py|19.0|- - - -|0"),
      ("lanes: init my msgs/app.py 10.0 ms", "my msgs/app.py|10.0|- - - -|0"),
      ("lanes: init app.py 19 ms; compiled -5 files 3", "app.py|19.0|- - - -|0"),
    ])
  func modules(line: String, said: String) { #expect(read(line) == said) }

  @Test(
    "a mark may begin with the same words",
    arguments: [
      ("lanes: line up begin", "mark line up"), ("lanes: line app.py:3", "mark line app.py:3"),
      ("lanes: line app.py:x 3 ms", "mark line app.py:x 3 ms"),
      ("lanes: line :3 3 ms", "mark line :3 3 ms"), ("lanes: line a:3 -3 ms", "mark line a:3 -3 ms"),
      ("lanes: line a:3 3 msec", "mark line a:3 3 msec"),
      ("lanes: line a:99999999999 3 ms", "mark line a:99999999999 3 ms"),
      ("lanes: line a:3 1e400 ms", "mark line a:3 1e400 ms"),
      ("lanes: line a:3 99999999999999999 ms", "mark line a:3 99999999999999999 ms"),
      ("lanes: init db", "mark init db"), ("lanes: init", "mark init"),
      ("lanes: init 3 ms", "mark init 3 ms"),
      ("lanes: init db 3 msec", "mark init db 3 msec"),
      // Nothing in an init takes days.
      ("lanes: init app.py 86400001 ms", "mark init app.py 86400001 ms"),
      ("lanes: line a:1 86400001 ms", "mark line a:1 86400001 ms"),
    ])
  func marks(line: String, said: String) { #expect(read(line) == said) }

  @Test("texts are bounded")
  func bounded() {
    let said = read("lanes: line app.py:1 2 ms \(String(repeating: "é", count: 1_000))")
    #expect(said == "app.py|1|2.0|\(String(repeating: "é", count: 120))|")
  }

  @Test("a stream tells them as events in the place of their lines, and a recording has them")
  func events() {
    let log = decode(
      """
      {"time":"2026-01-01T00:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand","functionName":"f"}}
      {"time":"2026-01-01T00:00:00.150Z","type":"function","record":"lanes: line app.py:3 103.0 ms at 40.0 ms <- json 1.5 by boto3, 2 more 0.5\\n"}
      {"time":"2026-01-01T00:00:00.200Z","type":"function","record":"lanes: init app.py 140.0 ms, lines 140.0; before it: process 10, runtime 30\\n"}
      """)
    let told = log.events.filter { if case .phaseBegan = $0.kind { false } else { true } }
    #expect(
      told.map {
        render($0, in: log, origin: log.events[0].time).split(separator: " ").dropFirst(2).joined(
          separator: " ")
      }.suffix(4) == [
        "line app.py:3 0.103000 begin=0.040000", "line app.py:3 imported json count=1 0.001500 boto3",
        "line app.py:3 imported count=2 0.000500",
        "module app.py 0.140000 process=0.010000 client=0.030000 compiled=0",
      ])
    var encoder = RecordingEncoder(origin: log.events[0].time, source: .telemetry)
    var bytes = encoder.header()
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    #expect(render(decode(bytes)) == render(log))
  }
}
