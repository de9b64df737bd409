import TestSupport
import Testing

@testable import LambdaEmulator

@Suite struct VariablesTests {
  private func parse(_ text: String) -> String {
    do {
      return try VariablesFile.parse(Array(text.utf8), name: ".env").map { "\($0.name)=[\($0.value)]" }
        .joined(separator: " ")
    } catch {
      return error.description
    }
  }

  @Test(
    "A file of variables",
    arguments: [
      ("", ""), ("# nothing\n\n", ""), ("AB=1", "AB=[1]"), ("AB=1\nCD=2\n", "AB=[1] CD=[2]"),
      ("export AB=1\r\nexport  CD=2\r\n", "AB=[1] CD=[2]"), ("\u{FEFF}AB=1", "AB=[1]"),
      ("  AB = 1 2 \t\n", "AB=[1 2]"),
      ("AB=", "AB=[]"), ("AB=a=b", "AB=[a=b]"), ("AB=1 # one", "AB=[1]"), ("AB=#1", "AB=[]"),
      ("AB=a#1", "AB=[a#1]"),
      ("AB='a \"#\\n$X' # c", "AB=[a \"#\\n$X]"), (#"AB="a\n\"\\\$\q""#, "AB=[a\n\"\\$\\q]"),
      ("AB=\"one\n\ntwo\"\nCD=3", "AB=[one\n\ntwo] CD=[3]"), ("AB='x\ny'", "AB=[x\ny]"), ("AB=é", "AB=[é]"),
      ("exportX=1", "exportX=[1]"),
      ("AB=1\n\nCD", ".env:3: expected NAME=value, found CD"),
      (
        "AB=\"1\n2\"\nCD='3",
        ".env:3: the quotation mark of CD's value has no other: close it, at this line or a later one."
      ),
      (
        "AB='1' 2",
        ".env:1: more follows behind the quoted value of AB. Put all of it into the quotation marks, or a comment behind a #."
      ),
      (
        "\n1A=2",
        ".env:2: 1A is not a name of a variable: Lambda expects a letter first, and at least two letters, digits or "
          + "underscores."
      ),
      (
        "AWS_REGION=x",
        ".env:1: AWS_REGION is set by Lambda itself. Set it in your shell: AWS_REGION=eu-west-1 lanes run …"
      ),
    ])
  func file(text: String, expected: String) { #expect(parse(text) == expected) }

  @Test("A file that cannot be read")
  func noFile() {
    #expect(throws: VariableError.noFile("/nowhere/.env", reason: "No such file or directory")) {
      try VariablesFile.read("/nowhere/.env")
    }
  }

  @Test("Reserved names are refused, the wrapper's and those with values of Lambda's are not")
  func reserved() throws {
    for name in ReservedVariables.names {
      #expect(throws: VariableError.reserved(name, place: "--env")) { try VariableSetting("\(name)=x") }
    }
    for name in ["AWS_LAMBDA_EXEC_WRAPPER", "TZ", "PATH", "PYTHONPATH"] {
      #expect(try VariableSetting("\(name)=x=y").value == "x=y")
    }
    #expect(throws: VariableError.noValue("STAGE", place: "--env")) { try VariableSetting("STAGE") }
  }

  private func environment(
    _ user: [String] = [], inherits: Bool = false, launched: [String: String] = [:],
    runtime: String = "python3.13",
    shell: [String: String] = ["PATH": "/home/me/bin", "HOME": "/home/me", "AWS_PROFILE": "dev"]
  ) throws -> FunctionEnvironment {
    let launch = RuntimeLaunch(
      command: [], directory: "/code", handler: "app.handler", runtime: runtime, notes: [], watch: nil,
      environment: launched)
    return FunctionEnvironment(
      function: FunctionFacts(name: "hello", region: "eu-west-1"), launch: launch,
      runtimeDirectory: "/clients", layers: ["/layer"], credentials: .dummies(""),
      user: try user.map { try VariableSetting($0) }, inherits: inherits,
      shell: Shell(variables: shell, folder: "/"))
  }

  @Test("Exactly Lambda's variables, and the user's")
  func all() throws {
    #expect(
      try environment(["STAGE=dev"]).variables(runtimeAPI: "127.0.0.1:1", logStream: "stream", memory: 512)
        == [
          "AWS_ACCESS_KEY_ID=test", "AWS_DEFAULT_REGION=eu-west-1", "AWS_EXECUTION_ENV=AWS_Lambda_python3.13",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512", "AWS_LAMBDA_FUNCTION_NAME=hello",
          "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
          "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand", "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/hello",
          "AWS_LAMBDA_LOG_STREAM_NAME=stream", "AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "AWS_REGION=eu-west-1",
          "AWS_SECRET_ACCESS_KEY=test", "AWS_SESSION_TOKEN=test", "AWS_XRAY_CONTEXT_MISSING=LOG_ERROR",
          "LAMBDA_RUNTIME_DIR=/clients", "LAMBDA_TASK_ROOT=/code", "LANG=en_US.UTF-8",
          "LD_LIBRARY_PATH=/code:/code/lib:/layer/lib:/opt/lib",
          "PATH=/layer/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin:/home/me/bin", "STAGE=dev", "TZ=:UTC",
          "_HANDLER=app.handler",
        ])
  }

  @Test("Extensions have neither the handler nor the log nor the folders")
  func extensions() throws {
    let names = try environment().extensionVariables(runtimeAPI: "127.0.0.1:1", memory: 512).map {
      $0.prefix { $0 != "=" }
    }
    #expect(names.contains("AWS_LAMBDA_RUNTIME_API"))
    let absent = [
      "_HANDLER", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "AWS_EXECUTION_ENV", "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_STREAM_NAME",
    ]
    for name in absent { #expect(!names.contains(name[...])) }
  }

  @Test("OS-only runtimes have no AWS_EXECUTION_ENV; the last of a name counts; search paths are added to")
  func precedence() throws {
    let lines = try environment(
      ["STAGE=a", "STAGE=b", "PYTHONPATH=/mine", "TZ=Europe/Vienna"],
      launched: ["PYTHONPATH": "/layer/python"], runtime: "provided.al2023"
    ).variables(runtimeAPI: "", logStream: "", memory: 128)
    #expect(!lines.contains { $0.hasPrefix("AWS_EXECUTION_ENV") })
    for line in ["STAGE=b", "PYTHONPATH=/mine:/layer/python", "TZ=Europe/Vienna"] {
      #expect(lines.contains(line))
    }
  }

  @Test("The shell's own only when asked for, never what would lead past dummies")
  func inherited() throws {
    let lines = try environment(inherits: true).variables(runtimeAPI: "", logStream: "", memory: 128)
    #expect(lines.contains("HOME=/home/me"))
    #expect(lines.contains("PATH=/layer/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin:/home/me/bin"))
    #expect(!lines.contains { $0.hasPrefix("AWS_PROFILE") })
  }

  @Test("More than Lambda takes is said")
  func size() throws {
    #expect(try environment(["AB=" + String(repeating: "x", count: 4_094)]).note == nil)
    #expect(
      try environment(["AB=" + String(repeating: "x", count: 4_095)]).note
        == "environment variables 4097 bytes: Lambda takes 4,096")
  }

  @Test("The region: the shell's, the profile's, us-east-1")
  func region() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "[default]\nregion = eu-west-1\n[profile dev]\noutput=json\nregion=eu-north-1\n".utf8, to: "config")
    let find = { (variables: [String: String]) in Region.find(shell: Shell(variables: variables, folder: "/"))
    }
    #expect(find(["AWS_REGION": "x", "AWS_CONFIG_FILE": file]) == "x")
    #expect(find(["AWS_CONFIG_FILE": file]) == "eu-west-1")
    #expect(find(["AWS_CONFIG_FILE": file, "AWS_PROFILE": "dev"]) == "eu-north-1")
    #expect(find(["AWS_CONFIG_FILE": file, "AWS_PROFILE": "none"]) == "us-east-1")
    #expect(find([:]) == "us-east-1")
  }
}
