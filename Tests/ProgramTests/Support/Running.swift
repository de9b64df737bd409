import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The status and output of a program that has ended.
struct Ending {
  /// Its status as a shell would give it: 128 + n after signal n.
  var status: Int32
  var output: [UInt8]
  var errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// Runs a program without a terminal until it ends. Its outputs go into files, so that none of them can fill up and
/// nobody waits for a grandchild that keeps them open.
/// - Parameters:
///   - input: a file that becomes its standard input; nothing by default.
///   - body: runs as soon as the program does, with its number.
func run(
  _ program: String, _ arguments: [String], input: String = "/dev/null",
  environment: [String: String] = [:], directory: String? = nil,
  while body: (Int32) async throws -> Void = { _ in }
) async throws -> Ending {
  let scratch = try Scratch()
  var variables: [Environment.Key: String?] = [:]
  for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
  let create: FileDescriptor.OpenOptions = [.create, .truncate]
  let permissions: FilePermissions = .ownerReadWrite
  let result = try await Subprocess.run(
    .path(FilePath(program)), arguments: Arguments(arguments),
    environment: .inherit.updating(variables), workingDirectory: directory.map { FilePath($0) },
    input: .fileDescriptor(
      try FileDescriptor.open(input, .readOnly), closeAfterSpawningProcess: true),
    output: .fileDescriptor(
      try FileDescriptor.open(
        scratch.file("output"), .writeOnly, options: create, permissions: permissions),
      closeAfterSpawningProcess: true),
    error: .fileDescriptor(
      try FileDescriptor.open(
        scratch.file("errors"), .writeOnly, options: create, permissions: permissions),
      closeAfterSpawningProcess: true)
  ) { execution in try await body(execution.processIdentifier.value) }
  let status: Int32 =
    switch result.terminationStatus {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  let output = try Data(contentsOf: URL(fileURLWithPath: scratch.file("output")))
  return Ending(status: status, output: Array(output), errors: try scratch.text("errors"))
}

/// Runs lanes without a terminal.
func lanes(_ arguments: String..., input: String = "/dev/null") async throws -> Ending {
  try await lanes(arguments, input: input)
}

/// The same with arguments that are put together.
func lanes(_ arguments: [String], input: String = "/dev/null") async throws -> Ending {
  try await run(try Peer.lanes.required(), arguments, input: input)
}

/// Asks again and again until there is an answer: the system sends no word of events in another program.
/// - Throws: a failed expectation, with the last finding, if the deadline passes.
@discardableResult
func eventually<Answer>(
  _ what: String, atMost deadline: Duration = .seconds(20), found: () -> String = { "" },
  sourceLocation: SourceLocation = #_sourceLocation, _ ask: () async throws -> Answer?
) async throws -> Answer {
  let end = ContinuousClock.now + deadline
  while true {
    if let answer = try await ask() { return answer }
    guard ContinuousClock.now < end else { break }
    try await Task.sleep(for: .milliseconds(15))
  }
  return try #require(
    nil as Answer?, "expected \(what) within \(deadline); found:\n\(found())", sourceLocation: sourceLocation)
}
