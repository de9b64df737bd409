import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

@Suite struct CredentialsTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// With a script in place of `aws`.
  private func find(_ variables: [String: String], aws: String? = nil) async throws -> Credentials {
    var variables = variables
    variables["PATH"] = scratch.path + ":/nowhere"
    if let aws {
      let path = try scratch.write("#!/bin/sh\n\(aws)\n".utf8, to: "aws")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let shell = Shell(variables: variables, folder: scratch.path)
    return try await waiting { Credentials.find(shell: shell) }
  }

  @Test("The shell's come first")
  func shell() async throws {
    let found = try await find(
      ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s3cret", "AWS_PROFILE": "dev"], aws: "exit 1")
    #expect(found.note == "AWS of the shell: REAL")
    #expect(found.variables == ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s3cret"])
  }

  @Test("A profile's, by the user's aws")
  func profile() async throws {
    let found = try await find(
      ["AWS_PROFILE": "dev"],
      aws: """
        [ "$*" = "configure export-credentials --profile dev --format env-no-export" ] || exit 9
        printf 'AWS_ACCESS_KEY_ID=ASIA\\nAWS_SECRET_ACCESS_KEY=a=b\\nAWS_SESSION_TOKEN=t==\\n'
        """)
    #expect(found.note == "AWS profile dev: REAL")
    #expect(
      found.variables == [
        "AWS_ACCESS_KEY_ID": "ASIA", "AWS_SECRET_ACCESS_KEY": "a=b", "AWS_SESSION_TOKEN": "t==",
      ])
  }

  @Test("The default profile where there is a ~/.aws")
  func defaultProfile() async throws {
    let give = "printf 'AWS_ACCESS_KEY_ID=A\\nAWS_SECRET_ACCESS_KEY=b\\n'"
    #expect(try await find(["HOME": scratch.path], aws: give).note == "no AWS credentials: dummies")
    try FileManager.default.createDirectory(
      atPath: scratch.file(".aws"), withIntermediateDirectories: false)
    #expect(try await find(["HOME": scratch.path], aws: give).note == "AWS profile default: REAL")
  }

  @Test("What fails is a note, and dummies go on")
  func failures() async throws {
    #expect(
      try await find(["AWS_PROFILE": "dev"]).note
        == "no AWS credentials (profile dev: there is no program aws in PATH to ask): dummies")
    let failed = try await find(
      ["AWS_PROFILE": "dev"], aws: "echo 'The SSO session has expired' >&2; exit 255")
    #expect(failed.note == "no AWS credentials (profile dev: The SSO session has expired): dummies")
    #expect(!failed.areReal)
    let old = try await find(
      ["AWS_PROFILE": "dev"], aws: "echo 'aws: error: argument subcommand: Invalid choice' >&2; exit 2")
    #expect(
      old.note
        == "no AWS credentials (profile dev: this aws cannot export credentials, version 2 of the AWS CLI can): dummies"
    )
    let empty = try await find(["AWS_PROFILE": "dev"], aws: "exit 0")
    #expect(empty.note == "no AWS credentials (profile dev: aws gave none): dummies")
    let refused = Credentials.find(
      noAWS: true,
      shell: Shell(variables: ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "b"], folder: "/"))
    #expect(refused.note == "no AWS credentials (--no-aws): dummies")
    #expect(refused.variables["AWS_SECRET_ACCESS_KEY"] == "test")
  }

  @Test("A command that does not end is ended")
  func slow() async throws {
    let program = try scratch.write("#!/bin/sh\nexec sleep 1000\n".utf8, to: "slow")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    await #expect(throws: ForeignCommand.Problem.tooSlow(seconds: 1)) {
      _ = try await waiting { try ForeignCommand.run([program], in: .current, seconds: 1) }
    }
  }

  @Test("Whatever prints them, the secrets stay out of it")
  func secrets() {
    let credentials = Credentials(origin: .profile("dev"), keyID: "KEYID", secret: "SECRET", token: "TOKEN")
    var dumped = ""
    dump(credentials, to: &dumped)
    dump([credentials], to: &dumped)
    for text in ["\(credentials)", "\([credentials])", String(reflecting: credentials), dumped] {
      #expect(text.contains("dev"))
      for secret in ["KEYID", "SECRET", "TOKEN"] { #expect(!text.contains(secret)) }
    }
  }
}
