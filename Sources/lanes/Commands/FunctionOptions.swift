import ArgumentParser
import LambdaEmulator
import LambdaLifecycle
import LanesProgram
import ScenarioFiles

extension FreezingWish: ExpressibleByArgument {}
extension IsolationWish: ExpressibleByArgument {}

/// `3s`, `6m`.
func typedLength(_ text: String) throws -> Nanoseconds {
  guard let value = TypedQuantity.duration(text), value > 0 else {
    throw ValidationError("expected a time with its unit, such as 500ms, 3s or 6m, not \(text)")
  }
  return value
}

/// `128MB`, `1GB`.
func typedMegabytes(_ text: String) throws -> Int32 {
  guard let value = TypedQuantity.megabytes(text) else {
    throw ValidationError("expected a size such as 512MB or 1GB, not \(text)")
  }
  return value
}

/// - Throws: `ValidationError` where Lambda has no such memory.
func checkMemory(_ memory: Int32) throws {
  guard (128...10_240).contains(memory) else {
    throw ValidationError("--memory is 128MB to 10240MB, as in Lambda, not \(memory)MB")
  }
}

/// A function of the user's, and the settings of its start.
struct FunctionOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The handler, FILE.FUNCTION; or after -- a command.", valueName: "handler"))
  var words: [String] = []

  @Flag(help: "Run a function that comes with lanes.")
  var example = false

  @Option(help: ArgumentHelp("The function's folder.", valueName: "dir"))
  var code = "."

  @Option(help: "The function's name; that of the folder or the command by default.")
  var name: String?

  @Option(
    help: ArgumentHelp("The function's timeout; 3s by default.", valueName: "time"), transform: typedLength)
  var timeout: Nanoseconds?

  @Flag(help: "No limit for init and invocations: for a debugger.")
  var noTimeout = false

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp("A variable of the function; may be repeated.", valueName: "k=v"))
  var variables: [String] = []

  @Option(help: ArgumentHelp("A file of variables, NAME=VALUE on each line.", valueName: "file"))
  var envFile: String?

  @Option(
    help: ArgumentHelp(
      "A layer, unpacked or as a ZIP file; may be repeated, the last goes over the first.",
      valueName: "dir|zip"))
  var layer: [String] = []

  @Option(
    name: .customLong("extension"),
    help: ArgumentHelp("An extension, beside those in layers; may be repeated.", valueName: "path"))
  var extensions: [String] = []

  @Flag(help: "The function gets the shell's variables too.")
  var inheritEnv = false

  @Flag(help: "Credentials that no AWS accepts, instead of yours.")
  var noAws = false

  @Option(help: "How idle environments are kept from running: auto, cgroup, signal or off.")
  var freeze = FreezingWish.auto

  @Option(help: "How the function is kept from this machine's files: auto, bwrap (bubblewrap) or none.")
  var isolate = IsolationWish.auto

  @Flag(help: "Memory and CPU are not limited as in Lambda.")
  var noLimits = false

  /// - Parameter command: the command that it is a part of, for its examples.
  func check(_ command: String) throws {
    guard words.isEmpty == example else {
      throw ValidationError(
        example
          ? "--example runs a function of its own: no handler and no command go with it"
          : "expected a handler such as app.handler, a command after --, or --example")
    }
    if let timeout, timeout > .seconds(900) {
      throw ValidationError("--timeout is 15 minutes at most, as in Lambda; --no-timeout is none")
    }
    if timeout != nil, noTimeout { throw ValidationError("--timeout and --no-timeout exclude each other") }
    if words.count > 1, !CommandLine.arguments.contains("--") {
      throw ValidationError(
        "a handler stands alone, a command behind --: lanes \(command) -- \(words.joined(separator: " "))")
    }
  }

  /// The wishes for a run that these options make.
  var wishes: RunWishes {
    // The words behind -- are a command, and so is a path.
    let isCommand = CommandLine.arguments.contains("--")
    var wishes = RunWishes(example ? .example : isCommand ? .command(words) : .handler(words[0]))
    wishes.code = code
    wishes.name = name
    wishes.variables = variables
    wishes.layers = layer
    wishes.extensions = extensions
    wishes.variablesFile = envFile
    wishes.inheritsVariables = inheritEnv
    wishes.usesNoAWS = noAws
    wishes.freezing = freeze
    wishes.isolation = isolate
    wishes.limitsResources = !noLimits
    wishes.function.timeout = noTimeout ? .never : timeout ?? .seconds(3)
    if noTimeout { wishes.function.initLimit = .never }
    return wishes
  }
}
