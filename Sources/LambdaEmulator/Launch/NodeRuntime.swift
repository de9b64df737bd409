/// Node.js as it was found for a function: the program and AWS's runtime interface client, or ours instead.
struct NodeRuntime: LanguageRuntime {
  let runtime: String
  let notes: [String]
  let environment: [String: String]
  let installation: [String]
  private let executable: String
  /// The script of aws-lambda-ric; nil for our own client.
  private let client: String?

  /// - Throws: `LaunchError` where there is no Node.js, it does not answer or is too old.
  init(file: String, code: String, layers: [String], shell: Shell) throws(LaunchError) {
    guard let node = shell.program("node") else { throw .noProgram("node", for: file) }
    let client = Self.client(file: file, code: code, shell: shell)
    let facts = try Self.ask(node, client: client, code: code, shell: shell)
    guard facts.version >= 18 else { throw .tooOld(node, found: "\(facts.version)", least: "18") }
    runtime = "nodejs\(facts.version).x"
    executable = facts.executable
    self.client = client
    installation = client.map { [Installation.packages(of: $0)] } ?? []
    notes = [
      "node \(facts.version)",
      client == nil
        ? "own client (no aws-lambda-ric)"
        : "aws-lambda-ric" + (facts.client.isEmpty ? "" : " \(facts.client)"),
    ]
    environment = Self.environment(layers: layers, version: facts.version)
  }

  func command(handler: String, clients: String) -> [String] {
    // The handler at the end is for people who look at the process; the runtime goes by _HANDLER.
    if let client { return [executable, "\(clients)/\(RuntimeClient.awsNode)", client, handler] }
    return [executable, "\(clients)/\(RuntimeClient.node)", handler]
  }

  /// The variable by which Node.js finds a layer's packages where Lambda's runtime
  /// looks for them (packaging-layers).
  private static func environment(layers: [String], version: Int) -> [String: String] {
    let folders = layers.reversed().flatMap {
      ["\($0)/nodejs/node\(version)/node_modules", "\($0)/nodejs/node_modules"]
    }
    return folders.isEmpty ? [:] : ["NODE_PATH": folders.joined(separator: ":")]
  }

  /// The script of aws-lambda-ric: installed for the function, or for all.
  private static func client(file: String, code: String, shell: Shell) -> String? {
    let folders =
      Files.folders(from: Files.parent("\(code)/\(file)"), upTo: code).dropLast()
      + Files.folders(from: code, upTo: shell.folder)
    let link = folders.lazy.map { "\($0)/node_modules/.bin/aws-lambda-ric" }.first(where: Files.isProgram)
    return (link ?? shell.program("aws-lambda-ric")).flatMap { Files.absolute($0, from: "/") }
  }

  private struct Facts {
    var version: Int
    /// The program itself, not a version manager's in front of it.
    var executable: String
    /// The client's version; empty where it does not say.
    var client: String
  }

  private static let question = String(decoding: PackageResources.ask_node_cjs, as: UTF8.self)

  private static func ask(
    _ node: String, client: String?, code: String, shell: Shell
  ) throws(LaunchError) -> Facts {
    let result: ForeignCommand.Result
    do {
      result = try ForeignCommand.run(
        [node, "-e", question] + (client.map { [$0] } ?? []), in: shell, folder: code)
    } catch {
      throw .interpreter(node, reason: error.description)
    }
    if let failure = result.failure { throw .interpreter(node, reason: failure) }
    var answers: [Substring: String] = [:]
    for line in result.output.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      if words.count == 3, words[0] == "lanes" { answers[words[1]] = String(words[2]) }
    }
    guard let version = answers["version"]?.split(separator: ".").first.flatMap({ Int($0) }),
      let executable = answers["executable"]
    else { throw .interpreter(node, reason: "it did not say it") }
    return Facts(version: version, executable: executable, client: answers["client"] ?? "")
  }
}
