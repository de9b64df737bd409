/// The session looked at: the events so far, their timeline, and the playhead. Demo, watch and play differ in
/// where the newest moment comes from, and in nothing else.
package struct Session: Sendable {
  /// The word in the header.
  package enum Mode: String, Sendable {
    case live = "LIVE", ended = "ENDED", forked = "FORKED"
    /// The clock stands still: somebody has stopped it, a lesson holds it at a step, or nothing can happen by itself.
    /// `wayOn` says how to go on.
    case paused = "PAUSED"
    case replay = "REPLAY", reverse = "REVERSE"
    /// A lesson: on its way to the next step.
    case slowMotion = "SLOW MOTION", fastForward = "FAST FORWARD"
  }

  package var log: EventLog
  package private(set) var timeline: Timeline
  /// The events as they were reported, for whoever wants to read them; none unless it is given a limit.
  package var history = EventHistory(limit: 0)

  /// The lines that functions have printed, as far as they are kept.
  package var printed: PrintedLines { PrintedLines(history, log.text) }
  package internal(set) var playhead: Playhead
  /// Where events and the newest moment come from.
  package internal(set) var lead: Lead
  /// The lesson that leads through the simulation; nil for a free stage.
  package internal(set) var lesson: LessonRun?
  /// The effect of the next key presses, in a simulated session.
  package internal(set) var controls = Controls()
  /// The newest moment there is.
  package internal(set) var newest: Timestamp
  /// After this, the input says nothing more; `.never` while it goes on.
  package private(set) var inputEnd = Timestamp.never
  /// The stretch of a recording that is played again and again; nil for none.
  package internal(set) var loop: ClosedRange<Timestamp>?
  private var forkedAt = Timestamp.min
  /// The difference to add to our clock to get the stream's: an old log that is piped in has its own now.
  private var clockOffset: Nanoseconds = 0
  private var lastFolded = Timestamp.min
  /// How much detail is kept; nil for all of it.
  package var keep: Keep?
  /// Until when it was looked for environments that are silent.
  private var silenceNoted = Timestamp.min
  /// The commands that were given for an emulator, and nobody has taken to it yet.
  var commandsToSend: [SimulationCommand] = []
  /// Events and lines that had come when the newest moment was last followed.
  var seenEvents = 0

  /// A simulated session that begins at `start`, nanoseconds since the epoch.
  package init(simulating scenario: Scenario, seed: UInt64, start: Timestamp) {
    log = EventLog(source: .simulation)
    lead = .simulation(SimulationSession(scenario, seed: seed, start: start, into: &log))
    timeline = Timeline(.simulation)
    playhead = Playhead(time: start)
    newest = start
  }

  /// A session whose events come from outside, into `log`.
  /// - Parameters:
  ///   - drive: what the source of a live stream obeys.
  ///   - start: the moment to look at before there is any event.
  package init(
    reading source: SourceKind, live: Bool, driving fleet: FleetSettings? = nil, start: Timestamp
  ) {
    log = EventLog(source: source)
    lead = live ? .live(LiveLead(driving: fleet)) : .recording
    timeline = Timeline(source)
    // A recording is first seen as a whole.
    playhead = Playhead(time: start, isPlaying: live)
    newest = start
  }

  /// The source of the events, in a simulated session.
  package var simulation: SimulationSession? { lead.simulation }

  /// The idle timeout in force, where we are the ones to set it.
  package var idleTimeout: Nanoseconds? { simulation?.simulator.settings.value(of: .idleTimeout) }

  package var mode: Mode {
    if let mode = lessonMode { return mode }
    if lead.hasEnd {
      return !playhead.isPlaying ? .paused : playhead.isReversed ? .reverse : .replay
    }
    if !playhead.isPlaying { return .paused }
    if !playhead.isFollowing { return .replay }
    if lead.followsClock, inputEnd != .never { return .ended }
    if isAtRest { return .paused }
    return newest &- forkedAt < .seconds(5) && forkedAt != .min ? .forked : .live
  }

  private var lessonMode: Mode? {
    guard let lesson, playhead.isFollowing || isAtShownStep else { return nil }
    switch lesson.course {
    case .holding: return .paused
    case .running where !playhead.isPlaying || lesson.speed == 1: return nil
    case .running: return lesson.speed < 1 ? .slowMotion : .fastForward
    case .away: return nil
    }
  }

  /// How many times faster than real time the clock runs.
  package var speed: Double { lesson?.course == .running ? lesson?.speed ?? 1 : playhead.speed }

  /// True when the picture changes by itself.
  package var isMoving: Bool {
    guard playhead.isPlaying else { return false }
    switch lead {
    // Where nothing can happen by itself, the clock holds until somebody does something.
    case .simulation(let simulation):
      return !playhead.isFollowing || !simulation.isAtRest || lesson?.course == .running
    case .live: return !timeline.isEmpty && (inputEnd == .never || !playhead.isFollowing)
    case .recording: return !timeline.isEmpty
    }
  }

  /// Folds what the log has received.
  /// - Parameters:
  ///   - clock: the moment it is now, for a live session.
  ///   - memory: the memory of the program, in bytes, where that decides how much is kept.
  /// - Returns: the events folded, for whoever writes them down.
  package mutating func fold(clock: Timestamp? = nil, memory: @autoclosure () -> Int? = nil)
    -> [LifecycleEvent]
  {
    let events = log.events
    guard !events.isEmpty else { return [] }
    log.events.removeAll(keepingCapacity: events.count <= 65_536)
    timeline.learnSources(from: log.catalog)
    timeline.become(log.part)
    for event in events { timeline.fold(event) }
    timeline.settle()
    history.add(events)
    if playhead.isFollowing { seenEvents = timeline.receivedCount }
    guard !timeline.isEmpty else { return events }
    if lead.followsClock, let clock { setClock(by: clock) }
    noteSilence(until: timeline.last)
    if let keep {
      timeline.keep(
        keep, beside: Keep.program + log.reckonedBytes + history.reckonedBytes, measured: memory())
    }
    if lead.hasEnd {
      newest = timeline.last
      playhead.newest(newest)
      if playhead.time < timeline.first || playhead.time > newest { playhead.seek(to: timeline.first) }
    }
    return events
  }

  /// The stream's clock is ours, unless its times are far from now: then it is the stream's last moment that
  /// goes on. Only a moment later than all before counts.
  private mutating func setClock(by clock: Timestamp) {
    guard timeline.last > lastFolded else { return }
    let isFirst = lastFolded == .min
    lastFolded = timeline.last
    let difference = timeline.last &- clock
    clockOffset = difference.magnitude < UInt64(Nanoseconds.seconds(2)) ? 0 : difference
    newest = isFirst && clockOffset != 0 ? timeline.last : max(newest, timeline.last)
  }

  /// Lets time pass.
  /// - Parameters:
  ///   - elapsed: nanoseconds that passed for the viewer.
  ///   - clock: the moment it is now; only a live session asks it.
  package mutating func tick(elapsed: Nanoseconds, clock: Timestamp) {
    if lead.canFork {
      guard isMoving else { return }
      if playhead.isFollowing { goOnSimulating(for: elapsed) }
    } else if lead.followsClock {
      if inputEnd == .never { newest = max(newest, clock &+ clockOffset) }
      noteSilence(until: newest)
    }
    playhead.newest(newest)
    let first = timeline.isEmpty ? playhead.time : min(playhead.time, timeline.first)
    let range = loop ?? first...max(first, newest)
    playhead.advance(by: elapsed, within: range.lowerBound...max(range.lowerBound, range.upperBound))
    stopAtEnd(of: range)
  }

  private mutating func goOnSimulating(for elapsed: Nanoseconds) {
    if lesson?.course == .running { return runLesson(elapsed: elapsed) }
    newest = newest &+ Nanoseconds(Double(elapsed) * playhead.speed)
    advanceSimulation(to: newest)
  }

  /// Ends or repeats playing where it cannot go on.
  private mutating func stopAtEnd(of range: ClosedRange<Timestamp>) {
    guard playhead.isPlaying, !playhead.isFollowing else { return }
    if lead.hasEnd {
      let end = playhead.isReversed ? range.lowerBound : range.upperBound
      guard playhead.time == end else { return }
      if loop == nil {
        playhead.isPlaying = false
      } else {
        playhead.seek(to: playhead.isReversed ? range.upperBound : range.lowerBound)
      }
    } else if playhead.time == newest {
      holdAtNewest()
    }
  }

  /// Once a minute of the session's time, because every environment is looked at.
  private mutating func noteSilence(until now: Timestamp) {
    guard now >= silenceNoted else { return }
    silenceNoted = now &+ .seconds(60)
    timeline.noteSilence(until: now)
  }

  /// The input has ended.
  package mutating func endInput() {
    timeline.end()
    if lead.hasEnd, !timeline.isEmpty { newest = timeline.last }
    inputEnd = timeline.isEmpty ? newest : timeline.last
    if lead.followsClock { newest = inputEnd }
    playhead.newest(newest)
  }
}

// MARK: - Commands

extension Session {
  /// Does something to the simulation. While the past is looked at, this forks: what came after is void. What drives a
  /// live session is left for whoever has the emulator.
  /// - Returns: false where there is nothing to do it to.
  package mutating func perform(_ command: SimulationCommand) -> Bool {
    guard lead.canFork else { return drive(command) }
    if playhead.time < newest {
      forkBack(to: playhead.time)
      forkedAt = newest
    }
    lead.simulation?.perform(command, into: &log)
    return true
  }

  /// Goes back to `time` and makes void what came after.
  mutating func forkBack(to time: Timestamp) {
    if time < newest { lead.simulation?.fork(at: time, into: &log) }
    lesson?.forget(after: time)
    forkedAt = .min
    newest = time
    playhead.follow(newest)
  }

  /// Lets virtual time pass.
  mutating func advanceSimulation(to time: Timestamp) { lead.simulation?.advance(to: time, into: &log) }

  mutating func advance(to time: Timestamp, watching watch: inout TriggerWatch) {
    lead.simulation?.advance(to: time, watching: &watch, into: &log)
    newest = max(newest, simulation?.now ?? newest)
    playhead.newest(newest)
  }

  /// Goes to the newest moment and stays with it.
  package mutating func follow() {
    if lead.hasEnd {
      playhead.follow(newest)
      playhead.isPlaying = false
    } else {
      holdAtNewest()
    }
  }

  /// Looks at another moment, within what there is; a session that goes on is paused for it.
  package mutating func seek(to time: Timestamp) {
    let first = timeline.isEmpty ? newest : timeline.first
    let time = min(max(time, first), newest)
    if !lead.hasEnd { playhead.isPlaying = false }
    if lead.canFork, time == newest {
      playhead.newest(newest)
      if !playhead.isFollowing {
        playhead.follow(newest)
        playhead.isPlaying = false
      }
    } else {
      playhead.seek(to: time)
    }
  }

  /// To the next moment at which something happens. At the newest moment of a simulation, lets it happen.
  package mutating func stepForward() {
    playhead.isPlaying = false
    if lead.canFork, playhead.time >= newest {
      leavePath()
      _ = lead.simulation?.step(into: &log)
      newest = max(newest, simulation?.now ?? newest)
      playhead.follow(newest)
      playhead.isPlaying = false
      return
    }
    seek(to: timeline.edge(after: playhead.time) ?? newest)
    playhead.isPlaying = false
  }

  package mutating func stepBack() {
    if lead.followsClock { playhead.detach() }
    seek(to: timeline.edge(before: playhead.time) ?? timeline.first)
    playhead.isPlaying = false
  }
}
