internal import EventSources

/// The reason why bubblewrap cannot isolate here, and the setting that would let it.
struct IsolationRefusal: Error, CustomStringConvertible {
  let description: String

  static var notInstalled: IsolationRefusal {
    IsolationRefusal(description: "bubblewrap is not installed: apt install bubblewrap")
  }

  init(description: String) { self.description = description }

  /// Tries it, as nothing else shows that it works: not its version, nor our rights.
  /// - Parameter words: bubblewrap's, with a program that ends at once.
  /// - Returns: nil where it works.
  init?(trying words: [String], in shell: Shell) {
    do {
      let result = try ForeignCommand.run(words, in: shell, folder: "/")
      guard let failure = result.failure else { return nil }
      description = Self.reason(failure)
    } catch {
      description = "bubblewrap: \(error)"
    }
  }

  private static func reason(_ failure: String) -> String {
    for setting in Self.settings where smallFile("/proc/sys/\(setting.file)").hasPrefix(setting.forbids) {
      return "\(failure); \(setting.who): sudo sysctl -w \(setting.command)"
    }
    return failure
  }

  /// Settings that may forbid it.
  private static let settings: [(file: String, forbids: String, who: String, command: String)] = [
    (
      "kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor allows it by a profile for bwrap, or by",
      "kernel.apparmor_restrict_unprivileged_userns=0"
    ),
    (
      "kernel/unprivileged_userns_clone", "0", "the system allows it by", "kernel.unprivileged_userns_clone=1"
    ),
    ("user/max_user_namespaces", "0\n", "the system allows it by", "user.max_user_namespaces=15000"),
  ]
}
