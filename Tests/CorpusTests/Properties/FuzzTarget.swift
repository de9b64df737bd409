import LambdaEventFormats

/// What is fuzzed: each has its folder of inputs in `Corpus`.
enum FuzzTarget: Equatable, Sendable {
  case stream(StreamFormat)
  /// A stream whose format is to be found out.
  case recognition
  case gzip
  case scenario

  static let all: [FuzzTarget] = StreamFormat.allCases.map { .stream($0) } + [.recognition, .gzip, .scenario]

  var name: String {
    switch self {
    case .stream(let format): format.rawValue
    case .recognition: "recognition"
    case .gzip: "gzip"
    case .scenario: "scenario"
    }
  }

  /// What does not hold of an input, for people; nil if all does.
  func violation(_ bytes: [UInt8]) -> String? {
    switch self {
    case .stream(let format): StreamProperties(bytes, as: format).violation
    case .recognition: StreamProperties(bytes, as: nil).violation
    case .gzip: unpackingViolation(bytes)
    case .scenario: scenarioViolation(bytes)
    }
  }
}
