/// The address at which an emulator takes requests, as far as its command line gives it.
package struct EmulatorCommand: Equatable, Sendable {
  /// The address that it will listen on; nil where the command gives none, or is no emulator's.
  package private(set) var url: InvokeURL?
  /// Advice for the user where no address is known; empty for a command that is no emulator's.
  package private(set) var hint = ""

  private let words: [String]

  package init(_ words: [String]) {
    self.words = words
    let program = words.first?.split(separator: "/").last.map(String.init) ?? ""
    let verbs = Array(words.dropFirst().prefix(2))
    if program.contains("aws-lambda-rie") {
      // It listens on 0.0.0.0:8080 (github.com/aws/aws-lambda-runtime-interface-emulator, README).
      let text = option("--runtime-interface-emulator-address") ?? "0.0.0.0:8080"
      url = InvokeURL.address(text[...], defaultPort: 8080).map { address($0.host, $0.port) }
    } else if ["docker", "podman", "finch", "nerdctl"].contains(program), words.contains("run") {
      url = publishedPort(8080).map { address("127.0.0.1", $0) }
    } else if program == "cargo-lambda" || program == "cargo", verbs.contains("lambda") || program != "cargo",
      words.contains("watch")
    {
      // The name of a package's only function is _ (github.com/cargo-lambda/cargo-lambda).
      let host = option("--invoke-address", "-a") ?? "127.0.0.1"
      let port = Int(option("--invoke-port", "-p") ?? "9000") ?? 9_000
      url = address(host, port, path: InvokeURL.path(of: "_"))
    } else if program == "sam", verbs.first == "local" {
      addSAMHint(verbs.last ?? "")
    } else if program.contains("localstack") {
      hint = Self.hint("LocalStack", "http://127.0.0.1:4566" + InvokeURL.path(of: "NAME"))
    }
  }

  /// The function's name, or the API's path, stands in the template alone (AWS SAM CLI command reference).
  private mutating func addSAMHint(_ verb: String) {
    let host = address(option("--host") ?? "127.0.0.1", 0).host
    switch verb {
    case "start-lambda":
      let port = option("--port", "-p") ?? "3001"
      hint = Self.hint("sam local start-lambda", "http://\(host):\(port)" + InvokeURL.path(of: "NAME"))
    case "start-api":
      let port = option("--port", "-p") ?? "3000"
      hint = Self.hint("sam local start-api", "http://\(host):\(port)/PATH")
    default: hint = "sam local \(verb) runs one invocation and takes no requests; start-lambda does"
    }
  }

  private static func hint(_ emulator: String, _ url: String) -> String {
    "\(emulator) takes requests at \(url): say so with --invoke"
  }

  /// The port of this machine behind which a container's port is (`-p [ADDRESS:]PORT:8080`).
  ///
  /// AWS's base images begin the Runtime Interface Emulator on 8080 where no AWS is around
  /// (docs.aws.amazon.com/lambda/latest/dg/images-test.html).
  private func publishedPort(_ port: Int) -> Int? {
    guard let published = option("--publish", "-p") else { return nil }
    let parts = published.split(separator: ":")
    guard parts.count > 1, parts.last == "\(port)" else { return nil }
    return Int(parts[parts.count - 2])
  }

  /// "All addresses" is where a server listens, not where a client connects to.
  private func address(_ host: String, _ port: Int, path: String = InvokeURL.defaultPath) -> InvokeURL {
    let isAny = host.isEmpty || host == "0.0.0.0" || host == "::"
    return InvokeURL(host: isAny ? "127.0.0.1" : host, port: port, path: path)
  }

  /// The value of an option, after it or behind an equals sign; the last one wins.
  private func option(_ names: String...) -> String? {
    var value: String?
    for (index, word) in words.enumerated() {
      for name in names {
        if word == name, index + 1 < words.count { value = words[index + 1] }
        if word.hasPrefix(name + "=") { value = String(word.dropFirst(name.count + 1)) }
      }
    }
    return value
  }
}
