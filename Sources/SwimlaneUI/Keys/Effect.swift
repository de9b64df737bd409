package import LambdaLifecycle

/// An act that a key asks for, by who does it. How the picture looks is no effect: the viewer does that itself.
package enum Effect: Equatable, Sendable {
  /// The session goes to another moment, or through time in another way.
  case time(TimeAct)
  /// The functions are acted upon: a simulation's, or an emulator's.
  case drive(FunctionAct)
  case program(ProgramAct)
}

/// An act on the time of a session.
package enum TimeAct: Equatable, Sendable {
  case pause, stepForward, stepBack, slower, faster
  case start, end, follow
  case seek(Timestamp)
  /// Looks at another moment, and says why.
  case jump(Timestamp, String)
  /// Plays backwards, or forwards again.
  case reverse
  /// Plays a stretch again and again; nil ends that.
  case loop(ClosedRange<Timestamp>?)
  /// The next step of a lesson, and the one before.
  case goOn, goBack
  /// The place of a choice in a lesson's question.
  case predict(Int)
}

/// An act on functions and their environments.
package enum FunctionAct: Equatable, Sendable {
  case request, burst, nextRequestKind
  case lessTraffic, moreTraffic
  case shorterIdleTimeout, longerIdleTimeout
  case turn(Control, up: Bool)
  case shutDown(EnvironmentID?)
  case shutDownAll
  case crash(EnvironmentID?)
}

/// An act that neither the viewer nor the session can do.
package enum ProgramAct: Equatable, Sendable {
  /// To an emulator of ours.
  case command(SimulationCommand)
  /// To an emulator of somebody else's.
  case emulator(EmulatorAct)
  /// The next requests to an emulator of ours send another event.
  case nextEvent
  /// To a file of that name.
  case save(String)
  /// Names the moment looked at.
  case addMarker(String)
  /// The place of a lesson in the menu.
  case startLesson(Int)
  /// The last step of a lesson has been left.
  case lessonOver
  /// Says something to the user.
  case tell(String)
  case suspend, quit
}

/// An act that an emulator of somebody else's can be asked for.
package enum EmulatorAct: Equatable, Sendable {
  case request, burst
  /// Of several, the one whose environment is selected.
  case end
  case endAll
}
