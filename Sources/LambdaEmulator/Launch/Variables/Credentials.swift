/// AWS credentials for a function's processes. The secrets stay out of every description of them.
package struct Credentials: Sendable {
  /// The origin of the credentials.
  package enum Origin: Equatable, Sendable {
    case shell
    /// The user's `aws` has given those of a profile.
    case profile(String)
    /// No AWS takes them; with the reason why there are no others.
    case dummies(String)
  }

  package let origin: Origin
  private let keyID: String
  private let secret: String
  /// Nil for the keys of a user, which have none.
  private let token: String?

  init(origin: Origin, keyID: String, secret: String, token: String?) {
    self.origin = origin
    self.keyID = keyID
    self.secret = secret
    self.token = token
  }

  /// The dummies of other emulators, which no AWS accepts; tools sign with them as with any other.
  static func dummies(_ reason: String) -> Credentials {
    Credentials(origin: .dummies(reason), keyID: "test", secret: "test", token: "test")
  }

  /// The header's words for them.
  package var note: String {
    switch origin {
    case .shell: "AWS of the shell: REAL"
    case .profile(let name): "AWS profile \(name): REAL"
    case .dummies(let reason):
      reason.isEmpty ? "no AWS credentials: dummies" : "no AWS credentials (\(reason)): dummies"
    }
  }

  /// True where an AWS may accept them.
  package var areReal: Bool { if case .dummies = origin { false } else { true } }

  /// For the runtime's and the extensions' processes: here the secrets are meant to be read.
  var variables: [String: String] {
    var variables = ["AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret]
    variables["AWS_SESSION_TOKEN"] = token
    return variables
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { note }
  package var debugDescription: String { note }
  package var customMirror: Mirror { Mirror(self, children: ["note": note]) }
}
