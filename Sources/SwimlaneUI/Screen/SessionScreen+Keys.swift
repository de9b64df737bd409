internal import LambdaLifecycle

// The effects of keys on the session, and those that are left to the program.

extension SessionScreen {
  /// Answers a key.
  /// - Returns: the acts that are left to the program.
  package mutating func handle(_ key: Key) -> [ProgramAct] { perform(answer(to: key)) }

  /// The viewer's answer to a key.
  package mutating func answer(to key: Key) -> Answer {
    viewer.answer(key, Scene(session.timeline, session.log.catalog, stage()))
  }

  /// Does what a key asked for, as far as it concerns the session alone.
  /// - Returns: the acts that are left to the program.
  package mutating func perform(_ answer: Answer) -> [ProgramAct] {
    switch answer {
    case .ignored: pointToHelp()
    case .handled: []
    case .effect(.time(let act)): perform(act)
    case .effect(.drive(let act)): drive(act)
    case .effect(.program(let act)): [act]
    }
  }

  private mutating func perform(_ act: TimeAct) -> [ProgramAct] {
    switch act {
    case .pause: return pause()
    case .stepForward: return step { $0.stepForward() }
    case .stepBack: return step { $0.stepBack() }
    case .seek(let time): session.seek(to: time)
    case .start: session.seek(to: beginning)
    case .end, .follow: session.follow()
    case .slower, .faster: return changeSpeed(act == .faster)
    case .reverse: session.reverse()
    case .loop(let stretch): return loop(stretch)
    case .jump(let time, let text):
      session.seek(to: time)
      return [.tell(text)]
    case .goOn: if !session.goOn() { return [.lessonOver] }
    case .goBack: session.goBack()
    case .predict(let choice): if !session.predict(choice) { return pointToChoices() }
    }
    return []
  }

  /// Goes to where something happens, and says what.
  private mutating func step(_ body: (inout Session) -> Void) -> [ProgramAct] {
    let before = session.playhead.time
    body(&session)
    let time = session.playhead.time
    let words = session.happenings(
      at: time, origin: session.timeline.isEmpty ? before : session.timeline.beginning)
    guard !words.isEmpty else { return time == before ? [.tell("nothing else happens here")] : [] }
    return [.tell(words.joined(separator: "; "))]
  }

  private mutating func pause() -> [ProgramAct] {
    // To start or stop the clock changes nothing that could be seen.
    if session.isAtRest { return [.tell("nothing happens here by itself: i sends a request")] }
    if viewer.camera.showsWhole {
      session.suitSpeed(to: viewer.viewport.perCell &* Int64(viewer.viewport.columns))
    }
    return session.togglePause() ? [] : [.lessonOver]
  }

  private var beginning: Timestamp {
    session.timeline.isEmpty ? session.newest : max(session.timeline.first, session.timeline.figuresBegin)
  }

  private mutating func changeSpeed(_ faster: Bool) -> [ProgramAct] {
    if session.lead.followsClock, session.playhead.isFollowing {
      return [.tell("this stream is live: its speed is its own; pause it to look back")]
    }
    if faster { session.faster() } else { session.slower() }
    return []
  }

  /// Plays a stretch again and again, or no longer.
  private mutating func loop(_ stretch: ClosedRange<Timestamp>?) -> [ProgramAct] {
    session.playAgain(stretch)
    guard let stretch else { return [.tell("no longer repeated")] }
    let length = text(ofLength: stretch.upperBound &- stretch.lowerBound)
    return [.tell("\(length) again and again; o ends it")]
  }

  /// A number that is none of the question's choices.
  private mutating func pointToChoices() -> [ProgramAct] {
    guard let question = session.lesson?.step.question else { return pointToHelp() }
    return [.tell("the choices are 1 to \(question.choices.count)")]
  }

  /// A key that means nothing is answered, once.
  private mutating func pointToHelp() -> [ProgramAct] {
    defer { hasPointedToHelp = true }
    return hasPointedToHelp ? [] : [.tell("? for help")]
  }

  /// Does what is asked of the functions: a simulation obeys here, an emulator through the program.
  private mutating func drive(_ act: FunctionAct) -> [ProgramAct] {
    if session.lead.canFork {
      isSaved = false
      return session.obey(act).map { [.tell($0)] } ?? []
    }
    switch session.lead {
    case .live(let live): return live.fleet == nil ? ask(act) : driveEmulator(act)
    case .simulation, .recording:
      return [.tell("a recording cannot be changed; lanes demo has a simulation, lanes watch an emulator")]
    }
  }

  /// An emulator of ours obeys as a simulation does, but it has no past to go back to.
  private mutating func driveEmulator(_ act: FunctionAct) -> [ProgramAct] {
    guard session.playhead.time >= session.newest else {
      return [.tell("this moment is past, and cannot be changed here; f goes back to now")]
    }
    // The behaviour of its requests is in the events that they send, which the program has.
    if act == .nextRequestKind { return [.nextEvent] }
    let text = session.obey(act)
    return session.takeCommands().map(ProgramAct.command) + (text.map { [.tell($0)] } ?? [])
  }

  /// Somebody else's emulator takes requests, and its end.
  private func ask(_ act: FunctionAct) -> [ProgramAct] {
    switch act {
    case .request: [.emulator(.request)]
    case .burst: [.emulator(.burst)]
    case .shutDown: [.emulator(.end)]
    case .shutDownAll: [.emulator(.endAll)]
    case .shorterIdleTimeout, .longerIdleTimeout:
      [.tell("an emulator keeps its environment until it ends: it has no idle timeout")]
    case .crash: [.tell("lanes cannot crash an emulator's runtime; x ends the emulator")]
    case .nextRequestKind, .lessTraffic, .moreTraffic, .turn:
      [.tell("an emulator's settings are its own; lanes demo has a simulation whose settings can be turned")]
    }
  }
}
