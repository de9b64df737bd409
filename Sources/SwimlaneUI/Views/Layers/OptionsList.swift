internal import LambdaLifecycle

/// The list of settings that can be turned: open or not, and the one that is chosen.
struct OptionsList: Sendable {
  private(set) var isOpen = false
  private var control = Control.requestKind

  /// Opens it on a control; on the one that was chosen last where there is none.
  mutating func open(on control: Control?) {
    isOpen = true
    if let control { self.control = control }
  }

  mutating func close() { isOpen = false }

  /// The control that is chosen; the first where that one is not there any more.
  func chosen(of options: [OptionLine]) -> Control {
    options.contains { $0.control == control } ? control : options.first?.control ?? control
  }

  /// Chooses the one at a place, if there is one.
  mutating func choose(place: Int, of options: [OptionLine]) {
    if options.indices.contains(place) { control = options[place].control }
  }

  /// Chooses the one a step away.
  mutating func move(by step: Int, in options: [OptionLine]) {
    let chosen = chosen(of: options)
    guard let place = options.firstIndex(where: { $0.control == chosen }) else { return }
    control = options[min(max(0, place + step), options.count - 1)].control
  }
}
