package import LambdaLifecycle

/// The function's facts in the variables of its processes.
package struct FunctionFacts: Sendable {
  package var name: String
  package var region: String

  package init(name: String, region: String) {
    self.name = name
    self.region = region
  }
}

/// The variables of a function's processes: Lambda's, the user's, and nothing else of the shell's but its PATH.
///
/// Not there, as in Lambda: HOME, USER, SHELL, TERM.
package struct FunctionEnvironment: Sendable {
  /// The variables that are the same in all environments, of the runtime and of extensions.
  private let shared: [String: String]
  /// The variables that only the runtime has.
  private let ofRuntime: [String: String]
  private let logGroup: String
  /// Makes the runtime's process report the cost of each line of init.
  private let hook: InitHook?
  /// The bytes of the user's own, names and values.
  private let size: Int

  /// - Parameters:
  ///   - runtimeDirectory: LAMBDA_RUNTIME_DIR, where the runtime's own files lie: the folder of our clients.
  ///   - user: those of `--env` and `--env-file`, in order; the last of a name counts.
  ///   - inherits: `--inherit-env`: the shell's too, below Lambda's.
  ///   - hook: makes the runtime's process report the cost of each line of init.
  package init(
    function: FunctionFacts, launch: RuntimeLaunch, runtimeDirectory: String, layers: [String] = [],
    credentials: Credentials, user: [VariableSetting] = [], inherits: Bool = false, hook: InitHook? = nil,
    shell: Shell = .current
  ) {
    self.hook = hook
    var own: [String: String] = [:]
    for setting in user { own[setting.name] = setting.value }
    size = own.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    logGroup = "/aws/lambda/\(function.name)"
    let inherited = inherits ? Self.inherited(shell, areReal: credentials.areReal) : [:]
    shared =
      inherited
      .merging(Self.defaults(code: launch.directory, layers: layers, shell: shell)) { $1 }
      .merging(Self.added(launch.environment, own)) { $1 }
      .merging(own.filter { launch.environment[$0.key] == nil }) { $1 }
      .merging(Self.reserved(function)) { $1 }
      .merging(credentials.variables) { $1 }
    ofRuntime = Self.ofRuntime(launch, runtimeDirectory: runtimeDirectory)
  }

  /// The variables of the runtime's process.
  /// - Parameters:
  ///   - runtimeAPI: host and port, without a path (runtimes-api).
  ///   - logStream: the environment's.
  ///   - memory: the environment's, in MB.
  ///   - type: the way in which the environment is initialized.
  /// - Returns: `NAME=value`, sorted.
  package func variables(
    runtimeAPI: String, logStream: String, memory: Int32, type: InitializationType = .onDemand
  ) -> [String] {
    var all = shared.merging(ofRuntime) { $1 }
    // on-demand, provisioned-concurrency … (configuration-envvars).
    all["AWS_LAMBDA_INITIALIZATION_TYPE"] = type.wireName
    all["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "\(memory)"
    all["AWS_LAMBDA_RUNTIME_API"] = runtimeAPI
    all["AWS_LAMBDA_LOG_GROUP_NAME"] = logGroup
    all["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream
    if let hook {
      all.merge(hook.variables(beside: all)) { $1 }
      let start = InitHook.startVariable()
      all[start.name] = start.value
    }
    return Self.lines(all)
  }

  /// The variables of an extension's process: without the handler, the log's names and the folders
  /// (runtimes-extensions-api).
  package func extensionVariables(
    runtimeAPI: String, memory: Int32, type: InitializationType = .onDemand
  ) -> [String] {
    let own = [
      "AWS_LAMBDA_RUNTIME_API": runtimeAPI, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "\(memory)",
      "AWS_LAMBDA_INITIALIZATION_TYPE": type.wireName,
    ]
    return Self.lines(shared.merging(own) { $1 })
  }

  /// A remark on variables that would not do in Lambda; nil where all would.
  package var note: String? {
    // All of a function's variables together (gettingstarted-limits).
    size > 4_096 ? "environment variables \(size) bytes: Lambda takes 4,096" : nil
  }

  private static func lines(_ variables: [String: String]) -> [String] {
    variables.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private static func reserved(_ function: FunctionFacts) -> [String: String] {
    [
      "AWS_REGION": function.region, "AWS_DEFAULT_REGION": function.region,
      "AWS_LAMBDA_FUNCTION_NAME": function.name, "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    ]
  }

  private static func ofRuntime(_ launch: RuntimeLaunch, runtimeDirectory: String) -> [String: String] {
    var variables = [
      "_HANDLER": launch.handler, "LAMBDA_TASK_ROOT": launch.directory,
      "LAMBDA_RUNTIME_DIR": runtimeDirectory,
    ]
    // OS-only runtimes have none (configuration-envvars).
    if !launch.runtime.hasPrefix("provided") {
      variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_\(launch.runtime)"
    }
    return variables
  }

  /// Lambda's values for variables that a function's settings may change (configuration-envvars, "Unreserved
  /// environment variables").
  private static func defaults(code: String, layers: [String], shell: Shell) -> [String: String] {
    let layers = Array(layers.reversed())
    let path =
      layers.map { "\($0)/bin" } + ["/usr/local/bin", "/usr/bin/", "/bin", "/opt/bin"]
      // Programs installed for the user alone, his interpreters among them.
      + shell.path
    // Lambda's begins with /lib64:/usr/lib64, which here may have other libraries than those that the user's interpreter
    // brings along. The function's own folders stay.
    let libraries = [code, "\(code)/lib"] + layers.map { "\($0)/lib" } + ["/opt/lib"]
    return [
      "LANG": "en_US.UTF-8", "TZ": ":UTC", "PATH": path.joined(separator: ":"),
      "LD_LIBRARY_PATH": libraries.joined(separator: ":"), "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
    ]
  }

  /// Search paths: the launch's stand behind the user's own of the same name.
  private static func added(_ needed: [String: String], _ own: [String: String]) -> [String: String] {
    needed.reduce(into: [:]) { all, entry in
      all[entry.key] = own[entry.key].map { "\($0):\(entry.value)" } ?? entry.value
    }
  }

  /// With dummies nothing may lead to other credentials by another way.
  private static func inherited(_ shell: Shell, areReal: Bool) -> [String: String] {
    var variables = shell.variables
    for name in ReservedVariables.names { variables[name] = nil }
    let ways = [
      "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ]
    if !areReal { for name in ways { variables[name] = nil } }
    return variables
  }
}
