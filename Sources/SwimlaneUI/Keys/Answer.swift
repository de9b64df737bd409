/// The result of a key that somebody was asked about.
package enum Answer: Equatable, Sendable {
  /// The key means nothing to whoever was asked: the next one is asked.
  case ignored
  /// The key has been answered.
  case handled
  /// The key has been answered, and somebody else is to act.
  case effect(Effect)
}

extension Answer {
  static func drive(_ act: FunctionAct) -> Answer { .effect(.drive(act)) }
  static func program(_ act: ProgramAct) -> Answer { .effect(.program(act)) }
  static func tell(_ text: String) -> Answer { .program(.tell(text)) }
}
