import EventSources
import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

/// `lanes cold` with real processes.
@Suite struct ColdStartProgramTests {
  private static let quick =
    "import json\nimport vendored\n\n\ndef handler(event, context):\n    return vendored.WORD\n"
  private static let slow = quick.replacingOccurrences(
    of: "import vendored\n", with: "import vendored\nimport time\ntime.sleep(0.5)\n")

  @Test("A sleep that a revision did not have is found on its line; what git does not track is there in both")
  func against() async throws {
    let scratch = try await repository(Self.slow)
    let ending = try await lanes(
      scratch, "app.handler", "-n", "8", "--against", "v1", "--json", "--fail-if", "init.p50 > +1%")
    #expect(ending.status == .exited(1))
    #expect(ending.errorText.contains("init.p50 > +1%: "))
    let found = try Cold(ending.output)
    #expect(found.settings.map(\.name) == ["v1", "working folder"])
    #expect(found.settings.allSatisfy { $0.coldStarts == 8 })
    let sleep = try #require(found.comparisons[0].parts.first { $0.name == "time.sleep(…)" })
    #expect(sleep.file == "app.py" && sleep.verdict == "differs")
    // It never sleeps for less.
    #expect(sleep.changeMs >= 500 && (sleep.p ?? 1) < 0.01)
    #expect(found.comparisons[0].parts.first?.verdict == "differs")
    #expect(try leftovers(scratch).isEmpty)
  }

  /// One of a hundred comparisons of the same may call a difference, that is what its level says, and a busy machine moves
  /// medians. So what fails here is what neither does: ranks at the least that eight rounds can say, which is one in 6,000, and a
  /// change of a fifth at once.
  @Test("The same code does not differ from itself so that init would show it")
  func null() async throws {
    let scratch = try await repository(Self.quick)
    let ending = try await lanes(
      scratch, "app.handler", "-n", "8", "--against", "HEAD", "--json", "--fail-if", "init.p50 > +400%")
    #expect(ending.status == .exited(0), "\(ending.errorText)")
    let found = try Cold(ending.output)
    let whole = try #require(found.comparisons[0].parts.first)
    let before = try #require(found.settings[0].parts.first?.ms.p50)
    #expect(whole.name == "init")
    let isSurprising = (whole.p ?? 1) < 0.0002 * Double(found.comparisons[0].parts.count)
    #expect(
      !isSurprising || whole.verdict != "differs" || abs(whole.changeMs) < before / 5, "\(ending.output)")
  }

  @Test("Compiled files are there, or not, as they are asked for")
  func compiledFiles() async throws {
    let scratch = try await repository(Self.quick)
    let ending = try await lanes(scratch, "app.handler", "-n", "2", "--pyc", "absent,present", "--json")
    #expect(ending.status == .exited(0), "\(ending.errorText)")
    let found = try Cold(ending.output)
    #expect(found.settings.map(\.compiledFiles) == ["absent", "present"])
    #expect(found.settings.allSatisfy { $0.leftOut == 0 && $0.coldStarts == 2 })
    // The function's own and the vendored one; Python's are not among them.
    #expect(found.settings[0].compiled == 2)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("repository/fn/__pycache__")))
  }

  @Test("A function that fails is an error that says so, with what it has printed")
  func failure() async throws {
    let scratch = try await repository("print('so far')\nraise ValueError('no such thing')\n")
    let ending = try await lanes(scratch, "app.handler", "-n", "2")
    #expect(ending.status == .exited(1) && ending.output.isEmpty)
    #expect(ending.errorText.contains("ValueError: no such thing"))
    // Lambda runs the init again with the request, and that prints the same.
    #expect(ending.errorText.components(separatedBy: "so far").count == 2, "\(ending.errorText)")
  }

  @Test("A start that fails in a later round does not throw those before it away", arguments: [false, true])
  func laterFailure(json: Bool) async throws {
    let counting = """
      import os
      path = os.path.join(os.path.dirname(__file__), "count")
      with open(path, "a") as file:
        file.write("x")
      def handler(event, context):
        if os.path.getsize(path) > 3:
          raise ValueError("enough")

      """
    let scratch = try await repository(counting)
    let words = ["app.handler", "-n", "9", "--isolate", "none"] + (json ? ["--json"] : [])
    let ending = try await lanes(scratch, words)
    #expect(ending.status == .exited(1))
    #expect(ending.errorText.contains("in round 3 of 9: ") && ending.errorText.contains("enough"))
    if json {
      #expect(try Cold(ending.output).settings.map(\.coldStarts) == [2])
    } else {
      #expect(ending.output.contains("2 cold starts; ended before all 9 were done"), "\(ending.output)")
    }
  }

  @Test("A wrapper that keeps the hook away leaves nothing to be told of compiled files")
  func untoldCompiledFiles() async throws {
    let scratch = try await repository(Self.quick)
    let wrapper = try scratch.write(
      Array("#!/bin/sh\nunset PYTHONPATH\nexec \"$@\"\n".utf8), to: "repository/fn/wrapper")
    chmod(wrapper, 0o755)
    let ending = try await lanes(
      scratch, "app.handler", "-n", "2", "--env", "AWS_LAMBDA_EXEC_WRAPPER=/var/task/wrapper")
    #expect(ending.status == .exited(0), "\(ending.errorText)")
    #expect(ending.output.contains("Compiled files: nothing is known\n"), "\(ending.output)")
  }

  @Test("What cannot be compared says what to do")
  func mistakes() async throws {
    let scratch = try await repository(Self.quick)
    let unknown = try await lanes(scratch, "app.handler", "--against", "v7")
    #expect(
      unknown.status == .exited(1)
        && unknown.errorText.contains("--against v7: git knows no such commit here."))
    try scratch.write(Array(Self.quick.utf8), to: "repository/fn/late.py")
    let late = try await lanes(scratch, "late.handler", "--against", "v1")
    #expect(
      late.status == .exited(1) && late.errorText.contains("there is no file for the handler late.handler"))
    try FileManager.default.removeItem(atPath: scratch.file("repository/.git"))
    let none = try await lanes(scratch, "app.handler", "--against", "v1")
    #expect(none.status == .exited(1) && none.errorText.contains("needs the function in a git repository"))
    #expect(try leftovers(scratch).isEmpty)
  }

  @Test("Ctrl-C ends it with what there is so far; no folder stays")
  func interrupt() async throws {
    let scratch = try await repository(Self.quick)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Programs.lanes)
    process.arguments = [
      "cold", "-n", "1000", "--no-aws", "--no-limits", "--code", scratch.file("repository/fn"), "app.handler",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": scratch.file("tmp")]) { $1 }
    process.standardOutput = FileHandle(forWritingAtPath: try scratch.write([], to: "output"))
    process.standardError = FileHandle.nullDevice
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try process.run()
    try await waiting { try eventually("it has begun") { try !self.leftovers(scratch).isEmpty } }
    kill(process.processIdentifier, SIGINT)
    try await waiting { try eventually("it has ended") { !process.isRunning } }
    #expect(process.terminationStatus == 130)
    #expect(try scratch.text("output").contains("ended before all 1000 were done"))
    #expect(try leftovers(scratch).isEmpty)
  }

  /// A repository with the function in a folder of it, as `v1` has it and then as it is now, beside a package that git ignores.
  private func repository(_ code: String) async throws -> Scratch {
    let scratch = try Scratch()
    for folder in ["repository/fn/vendored", "tmp"] {
      try FileManager.default.createDirectory(atPath: scratch.file(folder), withIntermediateDirectories: true)
    }
    try scratch.write(Array("vendored/\n__pycache__/\n".utf8), to: "repository/.gitignore")
    try scratch.write(Array("WORD = 'here'\n".utf8), to: "repository/fn/vendored/__init__.py")
    try scratch.write(Array(Self.quick.utf8), to: "repository/fn/app.py")
    let names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for words in [["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"], ["tag", "v1"]] {
      let shell = Shell.current
      let git = try #require(shell.program("git"))
      let result = try await waiting {
        try ForeignCommand.run([git] + names + words, in: shell, folder: scratch.file("repository"))
      }
      #expect(result.failure == nil)
    }
    try scratch.write(Array(code.utf8), to: "repository/fn/app.py")
    return scratch
  }

  private func lanes(_ scratch: Scratch, _ words: String...) async throws -> ForeignCommand.Result {
    try await lanes(scratch, words)
  }

  private func lanes(_ scratch: Scratch, _ words: [String]) async throws -> ForeignCommand.Result {
    var shell = Shell.current
    shell.variables["TMPDIR"] = scratch.file("tmp")
    return try await waiting { [shell] in
      try ForeignCommand.run(
        [Programs.lanes, "cold", "--no-aws", "--no-limits", "--timeout", "60s"] + words, in: shell,
        folder: scratch.file("repository/fn"), seconds: 120)
    }
  }

  private func leftovers(_ scratch: Scratch) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.file("tmp")).filter {
      $0.hasPrefix("lanes-run-")
    }
  }

  /// The output of `--json`.
  private struct Cold: Decodable {
    struct Setting: Decodable {
      var name: String
      var coldStarts: Int
      var leftOut: Int
      var compiledFiles: String?
      var compiled: Int?
      var parts: [SettingPart]
    }

    struct SettingPart: Decodable { var ms: Quantiles }

    struct Quantiles: Decodable { var p50: Double }

    struct Comparison: Decodable { var parts: [Part] }

    struct Part: Decodable {
      var name: String
      var file: String?
      var changeMs: Double
      var p: Double?
      var verdict: String
    }

    var settings: [Setting]
    var comparisons: [Comparison]

    init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
  }
}
