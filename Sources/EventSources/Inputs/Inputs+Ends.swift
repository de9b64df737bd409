internal import LambdaLifecycle

// The end of inputs.

extension Inputs {
  /// The first input that broke off or is refused, and why.
  package var failure: String? { refusal ?? interruption }

  private var interruption: String? {
    inputs.lazy.compactMap { if case .failed(let reason) = $0.status.state { reason } else { nil } }.first
  }

  /// The first input that is refused, and why.
  package var refusal: String? {
    inputs.lazy.compactMap { input in input.refusal.map { "\(input.status.name): \($0)" } }.first
  }

  /// No input can bring anything more: each has ended, or is refused.
  package var isOver: Bool {
    hasEnded || (!inputs.isEmpty && inputs.allSatisfy { $0.refusal != nil || $0.status.state == .ended })
  }
}
