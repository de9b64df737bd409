extension Credentials {
  /// The shell's, else those that the user's `aws` gives for AWS_PROFILE or, where there is a `~/.aws`, for the default
  /// profile, else dummies. Waits for `aws` at most ten seconds: not to be called on an event loop.
  /// - Parameter noAWS: dummies, and nothing is asked.
  package static func find(noAWS: Bool = false, shell: Shell = .current) -> Credentials {
    if noAWS { return dummies("--no-aws") }
    if let found = Credentials(shell.variables, origin: .shell) { return found }
    let named = shell.variables["AWS_PROFILE"] ?? shell.variables["AWS_DEFAULT_PROFILE"]
    guard named != nil || shell.variables["HOME"].map({ Files.isFolder("\($0)/.aws") }) == true else {
      return dummies("")
    }
    let profile = named ?? "default"
    guard let program = shell.program("aws") else {
      return dummies(named == nil ? "" : "profile \(profile): there is no program aws in PATH to ask")
    }
    do {
      let result = try ForeignCommand.run(
        [program, "configure", "export-credentials", "--profile", profile, "--format", "env-no-export"],
        in: shell)
      if let failure = result.failure {
        // Then it prints all its commands; the text is that of the command line's own parser.
        if result.errorText.contains("Invalid choice") {
          return dummies(
            "profile \(profile): this aws cannot export credentials, version 2 of the AWS CLI can")
        }
        return dummies(named == nil ? "" : "profile \(profile): \(failure)")
      }
      return Credentials(variables(in: result.output), origin: .profile(profile))
        ?? dummies("profile \(profile): aws gave none")
    } catch {
      return dummies("profile \(profile): aws was asked, but \(error)")
    }
  }

  private init?(_ variables: [String: String], origin: Origin) {
    guard let keyID = variables["AWS_ACCESS_KEY_ID"], let secret = variables["AWS_SECRET_ACCESS_KEY"],
      !keyID.isEmpty, !secret.isEmpty
    else { return nil }
    let token = variables["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    self.init(origin: origin, keyID: keyID, secret: secret, token: token)
  }

  /// `NAME=value` lines.
  private static func variables(in output: String) -> [String: String] {
    output.split(whereSeparator: \.isNewline).reduce(into: [:]) { variables, line in
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
    }
  }
}
