import LambdaEventFormats

/// The parts that are fuzzed: each has its folder of inputs in `Corpus`.
enum FuzzTarget: Equatable, Sendable {
  case stream(StreamFormat)
  /// A stream whose format is to be found out.
  case recognition
  case gzip
  case scenario
  /// The requests of a runtime and of extensions to their environment.
  case environmentAPI
  /// The requests of callers.
  case callerAPI
  /// The answer of a function by its URL.
  case urlAnswer
  /// The emulator's other inputs, beside HTTP.
  case emulatorBytes
  case json

  static let all: [FuzzTarget] =
    StreamFormat.allCases.map { .stream($0) } + [
      .recognition, .gzip, .scenario, .environmentAPI, .callerAPI, .urlAnswer, .emulatorBytes, .json,
    ]

  var name: String {
    switch self {
    case .stream(let format): format.rawValue
    case .recognition: "recognition"
    case .gzip: "gzip"
    case .scenario: "scenario"
    case .environmentAPI: "environment-api"
    case .callerAPI: "caller-api"
    case .urlAnswer: "url-answer"
    case .emulatorBytes: "emulator-bytes"
    case .json: "json"
    }
  }

  /// The first property that does not hold of an input, for people; nil if all do.
  func violation(_ bytes: [UInt8]) -> String? {
    switch self {
    case .stream(let format): StreamProperties(bytes, as: format).violation
    case .recognition: StreamProperties(bytes, as: nil).violation
    case .gzip: unpackingViolation(bytes)
    case .scenario: scenarioViolation(bytes)
    case .environmentAPI: APIProperties(bytes) { FakeEnvironment(on: $0, $1) }.violation
    case .callerAPI: APIProperties(bytes) { FakeFleet(on: $0, $1) }.violation
    case .urlAnswer: urlAnswerViolation(bytes)
    case .emulatorBytes: emulatorBytesViolation(bytes)
    case .json: jsonViolation(bytes)
    }
  }
}
