internal import Glibc
internal import Testing

@testable internal import LambdaEmulator

/// True if bubblewrap is installed and allowed here.
private let hasBubblewrap: Bool = {
  let shell = Shell.current
  guard let program = shell.program("bwrap") else { return false }
  let words = [program, "--unshare-pid", "--as-pid-1", "--ro-bind", "/", "/", "--proc", "/proc", "/bin/true"]
  return IsolationRefusal(trying: words, in: shell) == nil
}()

/// The limits that cannot be set here.
private let missingLimits: [String] = {
  let groups = ControlGroups.find()
  let resources = ResourceGroups(beside: groups)
  defer {
    groups?.remove()
    resources.remove()
  }
  return resources.notes(megabytes: 10_240)
}()

extension Trait where Self == ConditionTrait {
  /// Skips the test, visibly, where bubblewrap is not installed or not allowed.
  static var needsBubblewrap: Self {
    .enabled(if: hasBubblewrap, "needs bubblewrap, installed and allowed to make namespaces")
  }

  /// Skips the test, visibly, where memory and processor time cannot be limited.
  static var needsLimits: Self {
    .enabled(if: missingLimits.isEmpty, "needs control groups for memory and cpu: \(missingLimits)")
  }
}
