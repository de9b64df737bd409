/// An act of somebody on functions while they run, simulated or by an emulator of ours. With scenario and
/// seed, a simulation's commands and their times are the whole session.
package enum SimulationCommand: Equatable, Sendable {
  /// So many requests, at once or one every so often.
  case request(RequestKind, count: Int = 1, every: Nanoseconds = 0, function: Int = 0)
  /// Changes a setting from now on; of one function, or of all where it is nil.
  case set(Setting, Int64, function: Int? = nil)
  /// Reclaims an environment, at once or as soon as it is idle. Environments are counted from 1 in order of creation.
  case shutDown(environment: UInt32)
  case shutDownAll
  /// The runtime's process ends: now, or, where it is frozen, when the next request thaws it.
  case crash(environment: UInt32)
}
