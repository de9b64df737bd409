import Testing

@testable import LambdaLifecycle

/// The line of a function's output that says why it ended. The lines are those of runtime clients and of
/// logs.
@Suite("The line that says why")
struct TellingLineTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var printed: [String]
    var text: String
    var isError = true

    var testDescription: String { name }
  }

  private static let frame = "\u{A0}\u{A0}File \"/var/task/app.py\", line 19, in handler"

  static let cases = [
    Case(
      name: "Python's client: one record with carriage returns, behind a warning of AWS",
      printed: [
        "app: module import begins",
        "[WARNING]\t2026-11-23T03:07:12.646Z\t\tLAMBDA_WARNING: Unhandled exception. The most likely cause is …",
        "[ERROR] RuntimeError: boom at module level\rTraceback (most recent call last):\r\(frame)\r"
          + "\u{A0}\u{A0}\u{A0}\u{A0}raise RuntimeError(\"boom at module level\")",
      ], text: "RuntimeError: boom at module level"),
    Case(
      name: "Python's client: a module that is not there",
      printed: [
        "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'numpy'\n"
          + "Traceback (most recent call last):"
      ], text: "Runtime.ImportModuleError: Unable to import module 'app': No module named 'numpy'"),
    Case(
      name: "a traceback's last line",
      printed: [
        "Traceback (most recent call last):", "  File \"/tmp/app.py\", line 1, in <module>",
        "    import numpy",
        "ModuleNotFoundError: No module named 'numpy'",
      ], text: "ModuleNotFoundError: No module named 'numpy'"),
    Case(
      name: "of two exceptions the last one",
      printed: [
        "KeyError: 'sku'", "During handling of the above exception, another exception occurred:",
        "Traceback (most recent call last):", "store.errors.StoreError: no such order", "cleaning up",
      ], text: "store.errors.StoreError: no such order"),
    Case(
      name: "a table has it on one line",
      printed: [
        #"[ERROR] ValueError: no such order Traceback (most recent call last): File "/var/task/app.py", line 9"#
      ], text: "ValueError: no such order"),
    Case(
      name: "Node.js",
      printed: [
        "2026-03-02T08:00:00.010Z\t00000001-0000-4000-8000-000000000001\tERROR\tInvoke Error \t"
          + #"{"errorType": "TypeError", "errorMessage": "cannot read \"it\"", "stack": ["TypeError: cannot read it"]}"#
      ], text: #"TypeError: cannot read "it""#),
    Case(
      name: "Node.js: a module that is not there",
      printed: [
        "2026-03-02T08:00:00.010Z\tundefined\tERROR\tUncaught Exception \t"
          + #"{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'lodash'\nRequire stack:"}"#
      ], text: "Runtime.ImportModuleError: Error: Cannot find module 'lodash' Require stack:"),
    Case(
      name: "node by itself",
      printed: [
        "node:internal/modules/cjs/loader:1228", "  throw err;", "  ^", "",
        "Error: Cannot find module 'lodash'",
        "Require stack:", "- /tmp/app.js",
        "    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15) {",
        "  code: 'MODULE_NOT_FOUND',", "}", "Node.js v20.11.0",
      ], text: "Error: Cannot find module 'lodash'"),
    Case(
      name: "Java: what it was caused by",
      printed: [
        "boom: java.lang.IllegalStateException", "java.lang.IllegalStateException: boom",
        "\tat App.handle(App.java:7)",
        "Caused by: java.io.IOException: no route", "\t... 2 more",
      ], text: "java.io.IOException: no route"),
    Case(
      name: "Go",
      printed: [
        #"2026/03/02 08:00:00 {"errorMessage":"no such order","errorType":"errorString"}"#
      ], text: "errorString: no such order"),
    Case(
      name: "Go's panic",
      printed: ["panic: runtime error: index out of range [3]", "goroutine 1 [running]:"],
      text: "panic: runtime error: index out of range [3]"),
    Case(
      name: "a record in JSON",
      printed: [
        #"{"timestamp":"2026-07-09T06:05:33Z","level":"ERROR","message":"payment refused","requestId":"1"}"#,
        #"{"timestamp":"2026-07-09T06:05:34Z","level":"INFO","message":"bye"}"#,
      ], text: "payment refused"),
    Case(
      name: "Python's client in JSON",
      printed: [
        #"{"timestamp":"2026-07-09T06:05:33Z","level":"ERROR","errorMessage":"'sku'","errorType":"KeyError"}"#
      ], text: "KeyError: 'sku'"),
    Case(
      name: "what a logger calls an error",
      printed: [
        "[ERROR]\t2026-11-23T03:06:49.375Z\tcff83264-81a8-4484-98ae-68fb22bc244f\tdatabase does not answer",
        "[INFO]\t2026-11-23T03:06:49.375Z\tcff83264-81a8-4484-98ae-68fb22bc244f\ttrying again",
      ], text: "database does not answer"),
    Case(
      name: "else the last line, without what a logger puts before it",
      printed: [
        "app: handler start n=2",
        "[INFO]\t2026-11-23T03:06:49.375Z\tcff83264-81a8-4484-98ae-68fb22bc244f\tapp: n=2", "",
        "lanes: db connect begin",
      ], text: "app: n=2", isError: false),
    Case(
      name: "colours of a terminal are none of the words", printed: ["\u{1B}[31mError: red\u{1B}[0m"],
      text: "Error: red"),
    Case(
      name: "the service's own word",
      printed: [
        "bye",
        "RequestId: 00000001-0000-4000-8000-000000000001 Error: Runtime exited with error: exit status 1",
      ], text: "Runtime exited with error: exit status 1"),
    Case(
      name: "a time limit",
      printed: [
        "2 done",
        "2026-11-23T10:11:16Z 22222222-1111-4111-8111-111111111111 Task timed out after 3.00 seconds",
      ],
      text: "Task timed out after 3.00 seconds"),
    Case(
      name: "a word about errors is no error", printed: ["ErrorHandler: ready", "no error so far"],
      text: "no error so far", isError: false),
  ]

  @Test("of what was printed", arguments: cases)
  func telling(_ tested: Case) throws {
    let line = try #require(TellingLine(tested.printed))
    #expect(line.text == tested.text)
    #expect(line.isError == tested.isError)
  }

  @Test("where nothing was printed, or frames alone, nothing is said")
  func nothing() {
    #expect(TellingLine([String]()) == nil)
    #expect(
      TellingLine(["", "  File \"app.py\"", "Traceback (most recent call last):", "lanes: x begin"]) == nil)
  }

  @Test("what is long is cut, and what is cut in the middle of an object says what there is")
  func cut() throws {
    #expect(
      try #require(TellingLine([String(repeating: "x", count: 10_000)])).text.count == TellingLine.longest)
    let broken = #"{"errorType":"A\u00e9Error","errorMessage":"no\"#
    #expect(try #require(TellingLine([broken])).text == "AéError: no")
  }
}
