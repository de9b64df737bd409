import LambdaLifecycle
import Testing

/// The behaviour of the function on a request: the simulator draws it, and a real handler has it.
enum Behaviour: String, Sendable {
  case answers, raises, exits, hangs
  /// These count where the request needs an init.
  case exitsInInit, failsInit
  /// The extension ends when the caller has its answer.
  case endsExtension

  /// The simulator's word. It knows of no init that fails but by the end of the process.
  var simulated: RequestKind {
    switch self {
    case .answers: .normal
    case .raises: .handlerError
    case .exits: .crash
    case .hangs: .hang
    case .exitsInInit, .failsInit: .initCrash
    case .endsExtension: .extensionCrash
    }
  }
}

/// The next action, when all that came before has come to rest.
enum CaseStep: Sendable {
  /// So many requests, under way at once.
  case requests(Behaviour, count: Int = 1)
  case crash(environment: UInt32)
  case shutDown(environment: UInt32)
  /// Nothing, until the idle timeout has taken all environments away.
  case waitUntilGone

  static var request: CaseStep { .requests(.answers) }
}

/// One life of a function, to be had from the simulator and from real processes.
struct LifecycleCase: Sendable, CustomTestStringConvertible {
  let name: String
  var reservedConcurrency: Int?
  var idleTimeout = Nanoseconds.seconds(360)
  /// There is an external extension, which is called `ext`.
  var hasExtension = false
  let steps: [CaseStep]
  /// The story that both must have.
  let story: [String]
  /// The story of the simulator, where it differs for a reason that docs/lifecycle-rules.md gives.
  var simulatedStory: [String]?

  var testDescription: String { name }

  /// The function that both have, times aside.
  var function: FunctionScenario {
    var function = FunctionScenario()
    function.name = "app"
    function.timeout = .seconds(1)
    function.idleTimeout = .fixed(idleTimeout)
    function.reservedConcurrency = reservedConcurrency
    function.runtimeInit = .fixed(.milliseconds(10))
    function.functionInit = .fixed(.milliseconds(10))
    function.handler = .fixed(.milliseconds(10))
    if hasExtension {
      let brief = DurationModel.fixed(.milliseconds(5))
      function.extensions = [
        ExtensionScenario(name: "ext", register: brief, ready: brief, work: brief, exit: brief)
      ]
    }
    return function
  }
}
