/// The region that a function here appears to be in.
package enum Region {
  /// The shell's, else the profile's in the AWS configuration file, else us-east-1.
  package static func find(shell: Shell = .current) -> String {
    let variables = shell.variables
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
      if let region = variables[name], !region.isEmpty { return region }
    }
    let path = variables["AWS_CONFIG_FILE"] ?? variables["HOME"].map { "\($0)/.aws/config" }
    let profile = variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"] ?? "default"
    guard let path, let bytes = try? Files.read(path) else { return "us-east-1" }
    return region(in: String(decoding: bytes, as: UTF8.self), profile: profile) ?? "us-east-1"
  }

  /// Read here: to ask `aws` for it would take half a second.
  private static func region(in text: String, profile: String) -> String? {
    var isProfile = false
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: { $0.isWhitespace || $0 == "[" || $0 == "]" || $0 == "=" })
      if line.hasPrefix("[") {
        isProfile = words.last.map { $0 == profile } ?? false
      } else if isProfile, words.count == 2, words[0] == "region" {
        return String(words[1])
      }
    }
    return nil
  }
}
