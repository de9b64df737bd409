internal import LambdaLifecycle

/// The environment that the details speak of: the user's choice, until then that of the latest request.
struct SelectedEnvironment: Sendable {
  private(set) var id: EnvironmentID?
  /// The user, a lesson or a jump has chosen it; else it follows the requests.
  private(set) var isChosen = false

  /// Chooses one; it stays.
  mutating func choose(_ id: EnvironmentID) {
    self.id = id
    isChosen = true
  }

  /// Stays with the one there is.
  mutating func stay() { isChosen = true }

  /// Follows the requests from now on.
  mutating func follow() { isChosen = false }

  /// Moves on to another that nobody has chosen.
  mutating func move(to id: EnvironmentID?) { self.id = id }
}
