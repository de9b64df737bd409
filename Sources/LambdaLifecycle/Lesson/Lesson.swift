/// A course on a scenario: steps, each with a moment at which the clock holds until the learner goes on.
package struct Lesson: Equatable, Sendable {
  package var title: String
  /// One line for the menu.
  package var about = ""
  /// Empty for a stage that is free from the beginning.
  package var steps: [LessonStep] = []

  package init(title: String) { self.title = title }
}

/// One step of a lesson.
package struct LessonStep: Equatable, Sendable {
  package var trigger = LessonTrigger()
  /// At most two short sentences.
  package var text = ""
  /// The learner's task; nil where there is only to go on.
  package var task: LessonTask?
  package var question: LessonQuestion?
  /// The answer to the last question is known from here on.
  package var reveals = false
  package var view = LessonView()

  package init() {}
}

/// When a step is reached: so long after the `count`th such event since the step before.
package struct LessonTrigger: Equatable, Sendable {
  /// Something that happens in the simulation.
  package enum Happening: Equatable, Sendable {
    /// The step before has been left.
    case start
    case begins(Phase)
    case ends(Phase)
    case extensionState(ExtensionState)
    case arrived, answered, throttled
    /// An answer that is an error or a timeout.
    case failed
    case created, gone
  }

  package var happening = Happening.start
  /// The place of the function in the scenario; nil for any.
  package var function: Int?
  /// The number of the event among these, from 1.
  package var count = 1
  /// Virtual time from that event to the step.
  package var delay: Nanoseconds = 0

  package init() {}
}

/// A step's task for the learner, and what happens then.
package struct LessonTask: Equatable, Sendable {
  /// The kinds of tasks, by the words of the lesson files; each has a key of its own.
  package enum Kind: String, CaseIterable, Sendable {
    case request, burst, shutDown, shutDownAll, crash, idleTimeout, traffic, options
  }

  package var kind: Kind
  package var commands: [SimulationCommand]
  /// The effect of the key, after "press i": empty where the key says enough.
  package var words = ""

  package init(_ kind: Kind, _ commands: [SimulationCommand]) {
    self.kind = kind
    self.commands = commands
  }
}

/// A prediction that is asked for before its answer is shown.
package struct LessonQuestion: Equatable, Sendable {
  package var text: String
  package var choices: [String]
  /// The place of the right one.
  package var right: Int

  package init(text: String, choices: [String], right: Int) {
    self.text = text
    self.choices = choices
    self.right = right
  }
}

/// The view that a step wants to be looked at.
package struct LessonView: Equatable, Sendable {
  /// The part that the sentence speaks of.
  package enum Part: Equatable, Sendable {
    case lane(Phase)
    case requests, statistics, source, memory
  }

  package var part: Part?
  /// The running number of the environment, from 1; nil for the one of the latest request.
  package var environment: UInt32?
  /// The stretch of time in sight, ending a little after now; nil for no change, `.never` for the whole session.
  package var window: Nanoseconds?

  package init() {}
}
