// The learner's way through a lesson. Each step is a moment at which the clock holds; what has been reached can be looked
// at again, and acting there forks as everywhere.

extension Session {
  /// A simulated session that is led by a lesson, at its first step.
  package init(teaching lesson: Lesson, on scenario: Scenario, seed: UInt64, start: Timestamp) {
    self.init(simulating: scenario, seed: seed, start: start)
    guard !lesson.steps.isEmpty else { return }
    self.lesson = LessonRun(lesson)
    run(to: 0)
    reachAtOnce()
  }

  /// Goes on to the next step: at once where it has been reached already or the clock is on its way to it, else by
  /// letting the clock run; what the step asks for is done. Off the path, comes back to it.
  /// - Returns: false where the last step is left: the lesson is over.
  package mutating func goOn() -> Bool {
    guard let run = lesson else { return false }
    switch run.course {
    case .away: returnToPath()
    case .running: reachAtOnce()
    case .holding where !run.isAtLatest: show(run.shown + 1)
    case .holding where run.isAtEnd: return false
    case .holding: leave(run.step.task?.commands ?? [])
    }
    return true
  }

  /// Goes back to the step before; on the way to a step, or off the path, to the one that was left.
  package mutating func goBack() {
    guard let run = lesson else { return }
    switch run.course {
    case .away, .running: returnToPath()
    case .holding: if run.shown > 0 { show(run.shown - 1) } else { show(0) }
    }
  }

  /// Notes what the learner predicts.
  /// - Returns: false where nothing is asked, or not so many choices are given.
  package mutating func predict(_ choice: Int) -> Bool {
    guard let run = lesson, run.course == .holding, let question = run.step.question,
      question.choices.indices.contains(choice)
    else { return false }
    lesson?.predictions[run.shown] = choice
    return true
  }

  /// Does what the learner has pressed a key for: if the step asks for it, the step's own version of it, and the lesson
  /// goes on; else the learner leaves the path.
  package mutating func act(_ key: LessonTask.Kind, _ commands: [SimulationCommand]) {
    if let run = lesson, run.course == .holding, isAtShownStep, let task = run.step.task, task.kind == key {
      forkBack(to: playhead.time)
      return leave(task.commands)
    }
    leavePath()
    for command in commands { _ = perform(command) }
  }

  /// The learner plays freely from the step in sight on, and the clock runs.
  package mutating func leavePath() {
    guard let run = lesson, run.course != .away else { return }
    if isAtShownStep {
      forkBack(to: playhead.time)
      release()
    } else if playhead.time < newest {
      // Somewhere in the past, where whatever is done forks: the steps after it are not reached any more.
      lesson?.forget(after: playhead.time)
      showLatest()
    } else if run.course == .holding {
      showLatest()
      release()
    }
    lesson?.course = .away
    lesson?.watch = nil
  }

  private mutating func showLatest() {
    guard let count = lesson?.reached.count else { return }
    lesson?.shown = count - 1
  }

  /// The moment looked at is that of the step in sight, while the clock holds there.
  var isAtShownStep: Bool {
    guard let run = lesson, run.course == .holding else { return false }
    return playhead.time == run.reached[run.shown].time
  }

  // MARK: On the way

  /// Lets time pass for a lesson that is on its way; the clock stops exactly at the step.
  mutating func runLesson(elapsed: Nanoseconds) {
    guard let run = lesson, var watch = run.watch else { return }
    let target = newest &+ Nanoseconds(Double(elapsed) * run.speed)
    advance(to: target, watching: &watch)
    lesson?.watch = watch
    if newest >= watch.due { reach() }
  }

  private mutating func leave(_ commands: [SimulationCommand]) {
    guard let run = lesson else { return }
    release()
    let seen = log.events.count
    for command in commands { _ = perform(command) }
    // After the last step there is nothing to wait for.
    if run.isAtEnd { lesson?.course = .away } else { self.run(to: run.shown + 1, since: seen) }
  }

  /// The clock runs again. A moment passes, so that whoever comes back to the step finds it as it was.
  private mutating func release() {
    newest = newest &+ 1
    advanceSimulation(to: newest)
    playhead.follow(newest)
  }

  /// - Parameter seen: events in the log that do not count.
  private mutating func run(to place: Int, since seen: Int = .max) {
    guard let run = lesson, let simulation else { return }
    var watch = TriggerWatch(
      run.lesson.steps[place].trigger, functions: simulation.simulator.functionNames, now: newest)
    if seen < log.events.count { watch.note(log.events[seen...]) }
    lesson?.course = .running
    lesson?.watch = watch
    guard let wait = simulation.forecast(watch, log.catalog) else { return reach(isMissed: true) }
    lesson?.speed = LessonPace.speed(of: wait)
  }

  private mutating func reachAtOnce() {
    guard var watch = lesson?.watch else { return }
    advance(to: .never &- 1, watching: &watch)
    reach()
  }

  private mutating func reach(isMissed: Bool = false) {
    guard let run = lesson else { return }
    lesson?.reached.append(LessonRun.Reached(time: newest, isMissed: isMissed))
    lesson?.shown = run.reached.count
    lesson?.course = .holding
    lesson?.watch = nil
    playhead.follow(newest)
    playhead.isPlaying = false
  }

  // MARK: Going back

  private mutating func show(_ place: Int) {
    guard let run = lesson else { return }
    lesson?.shown = place
    if place == run.reached.count - 1 {
      playhead.follow(newest)
    } else {
      playhead.seek(to: run.reached[place].time)
    }
    playhead.isPlaying = false
  }

  /// The newest moment is looked at again: where the clock holds there, at the latest step.
  mutating func holdAtNewest() {
    if let run = lesson, run.course == .holding {
      show(run.reached.count - 1)
    } else {
      playhead.follow(newest)
    }
  }

  /// Back to the latest step; what happened since then is void.
  private mutating func returnToPath() {
    guard let run = lesson, let last = run.reached.last else { return }
    forkBack(to: last.time)
    lesson?.course = .holding
    lesson?.watch = nil
    lesson?.shown = run.reached.count - 1
    playhead.isPlaying = false
  }
}
