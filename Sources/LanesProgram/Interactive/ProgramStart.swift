package import EventSources
package import LambdaLifecycle

/// All that the program shows and has when it begins.
package struct ProgramStart {
  /// The session looked at.
  package var session: Session
  /// The header's words for it.
  package var title: String
  /// The origin of its events; nil for a simulation.
  package var inputs: Inputs?
  /// The recording that the session is written to as it goes on.
  package var recorder: Recorder?
  /// The function that runs here; nil for anything else.
  package var run: FunctionRun?
  /// The function's own modules, where they lie here.
  package var code: SourceFiles?
  /// The payload of requests to an emulator.
  package var event: EventFile?
  /// The file for markers that are set in a recording; nil where there is none.
  package var markers: MarkerFile?
  /// The place at which a recording is opened.
  package var opening: Opening?
  /// The lessons on the simulator; nil for events from outside.
  package var presentation: Presentation?
  /// The menu of lessons comes first.
  package var opensMenu = false
  /// The whole session is on the first screen.
  package var fitsAll = false

  private init(_ session: Session, title: String) {
    self.session = session
    self.title = title
  }

  /// A lesson or a scenario of the user's.
  /// - Parameters:
  ///   - isPaused: sessions begin paused.
  ///   - opensMenu: the menu of lessons comes first.
  ///   - record: the lessons that the user has done.
  package init(
    _ demonstration: Demonstration, recorder: Recorder? = nil, isPaused: Bool = false,
    opensMenu: Bool = false,
    _ record: LessonRecord = LessonRecord()
  ) {
    var presentation = Presentation(demonstration, startsPaused: isPaused, record)
    // Below the menu nothing has been chosen yet.
    if !opensMenu { presentation.begin() }
    self.init(presentation.session(), title: demonstration.title)
    self.recorder = recorder
    self.presentation = presentation
    self.opensMenu = opensMenu
  }

  /// A live session, whose inputs may be started later.
  package init(
    watching inputs: Inputs, _ session: Session, recorder: Recorder? = nil, event: EventFile? = nil
  ) {
    self.init(session, title: "watch")
    self.inputs = inputs
    self.recorder = recorder
    self.event = event
  }

  /// A function of the user's that runs here.
  package init(_ run: FunctionRun, _ inputs: Inputs, _ session: Session, recorder: Recorder? = nil) {
    self.init(session, title: "run: " + run.notes.prefix(2).joined(separator: " · "))
    self.inputs = inputs
    self.run = run
    code = run.code
    self.recorder = recorder
  }

  /// A recording.
  /// - Parameters:
  ///   - speed: a multiple of the speed at which it happened; nil for one that suits its length.
  ///   - opening: the place at which it is opened.
  package init(_ recordings: OpenedRecordings, speed: Double? = nil, _ opening: Opening) {
    self.init(recordings.session, title: "play: \(recordings.name)")
    if let speed { session.play(at: speed) }
    inputs = recordings.inputs
    markers = recordings.markers
    self.opening = opening
    fitsAll = true
  }
}
