internal import LambdaLifecycle

/// The environments that the user has opened to their lanes or closed to one bar; the room decides about the
/// others.
struct OpenEnvironments: Sendable {
  private var choices: [EnvironmentID: Bool] = [:]
  /// The choices before all were made one bar each; nil while they are not.
  private var choicesBefore: [EnvironmentID: Bool]?
  /// Environments whose life is over before the picture begins have rows of their own all the same.
  private(set) var showsGone = false

  /// The user has made all environments one bar each.
  var areAllClosed: Bool { choicesBefore != nil }

  /// Opened or closed by the user; nil where the room decides.
  func choice(of environment: EnvironmentID) -> Bool? { choices[environment] }

  mutating func set(_ environment: EnvironmentID, isOpen: Bool) { choices[environment] = isOpen }

  /// All as one bar each, or as they were before.
  mutating func toggleAll() {
    if let before = choicesBefore {
      choices = before
      choicesBefore = nil
    } else {
      choicesBefore = choices
      choices = [:]
    }
  }

  mutating func showGone(_ showsGone: Bool) { self.showsGone = showsGone }
}
