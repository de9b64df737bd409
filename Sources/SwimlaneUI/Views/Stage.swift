package import LambdaLifecycle

/// The part of a session that passes a filter.
package struct PassingPart: Sendable {
  /// The environments and requests.
  let selection: EnvironmentSelection
  /// The places of the log's lines.
  package let logPlaces: [Int]
  /// All landmarks, whatever passes.
  let landmarks: Landmarks
  /// Findings that belong to no environment, and are left out.
  var findingsLeftOut = 0
}

/// Everything that a frame shows beside the timeline and the viewer's own state, as it is at one moment.
package struct Stage: Sendable {
  /// Facts that do not follow from the session.
  package var surroundings: Surroundings
  package let mode: Session.Mode
  /// The way to go on where the clock stands still; nil while it runs.
  package let wayOn: Session.WayOn?
  /// Events that have come since a live session was paused.
  package let waitingEvents: Int
  /// The lead of the session: it decides what can be done to it.
  package let lead: Lead
  /// The moment looked at.
  package private(set) var time: Timestamp
  /// The newest moment there is.
  package let newest: Timestamp
  /// Up to here the input is known.
  package var inputEnd: Timestamp
  package let speed: Double
  /// The moment that the axis counts from.
  package let origin: Timestamp
  package let statistics: Statistics
  /// The figures of each function, where there are several.
  package var accounts: [Name: FunctionAccount] = [:]
  /// In a lesson with several functions, each with its name.
  package var functions: [(name: String, figures: FunctionAccount)] = []
  /// The function that a simulation's keys act upon, also before it has an environment.
  package let function: Name?
  /// Advice while nothing has happened, a line each.
  package let waiting: [String]
  /// Requests of the account that may be in flight, where it is ours to say; nil otherwise.
  package let accountConcurrency: Int?
  /// The idle timeout where it is ours to say; nil otherwise.
  package let idleTimeout: Nanoseconds?
  /// The runtime's share of the time to shut down, where it is ours to say.
  package let runtimeShutdownShare: Nanoseconds?
  /// The events, for the log, and the texts in them.
  package let history: EventHistory
  package let texts: TextStore
  /// The learner's progress, in a lesson.
  package let lesson: LessonRun?
  /// Functions whose source is shown beside the lanes.
  package let sources: [FunctionScenario]
  /// The stretch that is played again and again; nil for none.
  package let loop: ClosedRange<Timestamp>?
  /// The options that can be turned, while they are open.
  package var options: [OptionLine] = []
  /// Provisioned concurrency that is not complete.
  package let allocations: [Allocation]
  /// Settings that are turned on and are not to be forgotten.
  package let reminders: [Reminder]
  /// The outcome to which a simulation will come, while nothing has happened yet.
  package var preview: Preview?
  /// The part of the session that passes the filter; nil without one.
  package var passing: PassingPart?
  /// The loss if another lesson began; nil for nothing.
  package var loss: Loss?

  /// The same when all is over, whatever passes.
  func whenAllIsOver() -> Stage {
    var stage = self
    stage.time = .never &- 1
    stage.passing = nil
    return stage
  }

  /// The timeline as it is looked at: the part that passes the filter.
  func shown(_ timeline: borrowing Timeline) -> Timeline {
    passing.map { timeline.showing($0.selection) } ?? copy timeline
  }

  init(_ session: Session, _ surroundings: Surroundings, statistics: Statistics) {
    self.surroundings = surroundings
    self.statistics = statistics
    mode = session.mode
    wayOn = session.wayOn
    waitingEvents = session.waitingEvents
    lead = session.lead
    time = session.playhead.time
    newest = session.newest
    inputEnd = session.inputEnd
    speed = session.speed
    origin = session.timeline.isEmpty ? session.playhead.time : session.timeline.beginning
    function = session.simulation?.function
    waiting = surroundings.waiting ?? session.hints
    idleTimeout = session.idleTimeout
    accountConcurrency =
      session.simulation?.simulator.settings.accountConcurrency
      ?? session.lead.drivenFleet?.accountConcurrency
    let shares = session.simulation?.simulator.scenario.functions.map(\.runtimeShutdownShare) ?? []
    runtimeShutdownShare = shares.allSatisfy { $0 == shares[0] } ? shares.first : nil
    history = session.history
    texts = session.log.text
    reminders = session.reminders
    allocations = session.allocations
    lesson = session.lesson
    loop = session.loop
    sources = session.simulation?.simulator.scenario.functions.filter { !$0.source.isEmpty } ?? []
  }
}
