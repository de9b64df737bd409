package import LambdaLifecycle

/// The settings of `lanes run`.
package struct EmulatorSettings: Sendable {
  /// Name, memory, timeout, idle timeout and concurrency.
  package var function: FunctionScenario
  /// The runtime's command, and its surroundings.
  package var launch: RuntimeLaunch
  package var variables: FunctionEnvironment
  /// External extensions, ten at most.
  package var extensions: [ExtensionProgram] = []
  package var region = "us-east-1"
  /// The host at which the Invoke API listens; nil for this machine alone.
  package var host: String?
  package var port = 9000
  /// Environments at once: requests beyond get a 429.
  package var mostEnvironments = 10
  package var freezing = FreezingWish.auto
  /// The retries of an event that nobody waits for, when the function fails.
  package var retries = RetryPolicy()
  /// nil: environments see this machine's files.
  package var isolation: Isolation?
  /// Memory and processor time are limited as in Lambda, as far as they can be here.
  package var limitsResources = false
  /// The code that is watched: when it changes, environments are replaced; nil for none.
  package var code: FunctionCode?
  /// The program that supervisors are started from.
  package var supervisor = "/proc/self/exe"

  package init(_ function: FunctionScenario, _ launch: RuntimeLaunch, _ variables: FunctionEnvironment) {
    self.function = function
    self.launch = launch
    self.variables = variables
  }
}

/// The user's choice of how environments that have nothing to do are kept from running.
package enum FreezingWish: String, CaseIterable, Sendable {
  /// By a control group where there may be one, else by signals.
  case auto
  case cgroup, signal
  /// Not at all: they idle.
  case off
}

/// The reason why the emulator cannot begin.
package struct EmulatorError: Error, CustomStringConvertible {
  package var description: String
}

/// An external extension: a program of its own beside the runtime (runtimes-extensions-api page).
package struct ExtensionProgram: Equatable, Sendable {
  /// Its file's name, by which it registers.
  package var name: String
  /// The program's file.
  package var path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}
