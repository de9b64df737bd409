internal import LambdaLifecycle

/// The stretch of time that the picture shows, and what moves it: the whole session, the moment looked at, or
/// the user alone.
package struct Camera: Sendable {
  /// The thing that the picture is kept on.
  private enum Subject {
    case whole, moment
    /// The user has moved the picture away.
    case nothing
  }

  package private(set) var viewport: Viewport
  private var subject: Subject
  /// The picture before the whole session was shown.
  private var beforeWhole: Viewport?
  /// The stretch of time to show next, ending a little after the moment looked at.
  private var wanted: Nanoseconds?
  /// Something has happened, and the picture was moved to it.
  private var hasBegun = false
  /// The scale is the user's, or that of the first request of a live session.
  private var isScaleChosen = false
  /// The first request of a live session is kept whole.
  private var first: FirstRequestSight?
  /// Quiet stretches are squeezed or not, where the user has said so.
  private var squeezesIdle: Bool?

  /// - Parameter showsWhole: begin with the whole session in sight, as a player does.
  init(start: Timestamp, showsWhole: Bool) {
    viewport = Viewport(left: start &- .milliseconds(200), perCell: .milliseconds(100), columns: 1)
    subject = showsWhole ? .whole : .moment
  }

  /// The picture shows the whole session until the user moves it.
  var showsWhole: Bool { subject == .whole }

  // MARK: Squeezing

  /// True if quiet stretches are squeezed: in a simulation, where frozen time is the thing to see, only if it
  /// is asked for.
  func squeezes(_ lead: Lead) -> Bool { squeezesIdle ?? lead.isObserved }

  mutating func squeeze(_ squeezesIdle: Bool) { self.squeezesIdle = squeezesIdle }

  /// Takes over the user's choice on quiet stretches.
  mutating func takePreferences(of other: Camera) { squeezesIdle = other.squeezesIdle }

  // MARK: What the user does

  /// Zooms by a number of steps (in is negative) around a moment.
  mutating func zoom(by steps: Int, around moment: Timestamp, _ squeeze: Squeeze) {
    chooseScale()
    viewport.zoom(by: steps, around: moment, squeeze)
  }

  /// The scale is the user's from now on.
  private mutating func chooseScale() {
    isScaleChosen = true
    first = nil
    if subject == .whole { subject = .moment }
  }

  /// Moves the picture by a number of columns, away from the moment looked at.
  /// - Parameter before: the picture from where they are counted, while it is dragged; nil for the one there is.
  mutating func pan(by columns: Int, from before: Viewport? = nil, _ squeeze: Squeeze) {
    subject = .nothing
    first = nil
    if let before { viewport = before }
    viewport.pan(by: columns, squeeze)
  }

  /// Shows the whole session, or what was in sight before.
  mutating func toggleWhole() {
    isScaleChosen = true
    first = nil
    if subject == .whole {
      subject = .moment
      if let beforeWhole { viewport = beforeWhole }
    } else {
      subject = .whole
      beforeWhole = viewport
    }
  }

  /// Keeps to the moment looked at, wherever that goes.
  mutating func follow() { if subject == .nothing { subject = .moment } }

  /// Leaves the moment looked at alone if it is not in sight.
  mutating func followIfInSight(_ moment: Timestamp) {
    subject = viewport.contains(moment) ? .moment : .nothing
  }

  /// Shows a stretch of a length that ends a little after the moment looked at; `.never` for the whole session.
  /// - Parameter isChosen: the scale is the user's from now on.
  mutating func show(_ length: Nanoseconds, isChosen: Bool = false) {
    if isChosen { chooseScale() }
    subject = length == .never ? .whole : .moment
    if length != .never { wanted = length }
  }

  // MARK: Arranging

  /// Moves the picture to where it belongs at the moment looked at.
  mutating func arrange(columns: Int, _ scene: borrowing Scene, _ squeeze: Squeeze) {
    let isEmpty = scene.timeline.isEmpty
    if !hasBegun, !isEmpty {
      // The wait for the first event is not worth a part of the picture.
      hasBegun = true
      viewport = Viewport(
        left: scene.timeline.first &- 2 &* viewport.perCell, perCell: viewport.perCell, columns: columns)
    }
    viewport.layOut(columns: columns, squeeze)
    let now = scene.stage.time
    if let length = wanted {
      wanted = nil
      viewport.show(
        length, endingNear: now, notBefore: isEmpty ? now : scene.timeline.first, squeeze)
    }
    if scene.stage.lead.followsClock, !isScaleChosen, let sight = FirstRequestSight(&viewport, scene, squeeze)
    {
      isScaleChosen = true
      first = sight
    }
    guard !isEmpty else { return }
    switch subject {
    case .whole:
      let whole = scene.stage.surroundings.whole
      let begin = whole?.lowerBound ?? max(scene.timeline.first, scene.timeline.figuresBegin)
      viewport.fit(begin, max(whole?.upperBound ?? scene.stage.newest, begin &+ .milliseconds(10)), squeeze)
    case .moment:
      viewport.keep(now, squeeze)
      if let sight = first, !sight.keep(&viewport, scene, squeeze) { first = nil }
    case .nothing: break
    }
  }

  /// Brings a stretch that a sentence speaks of into sight, with as much of the time just before as there is
  /// room for.
  mutating func bringIntoSight(
    _ stretch: ClosedRange<Timestamp>?, _ scene: borrowing Scene, _ squeeze: Squeeze
  ) {
    guard !showsWhole else { return }
    let now = scene.stage.time
    if let stretch { viewport.bringIntoSight(stretch, now: now, squeeze) }
    if let last = scene.timeline.lastRequest(upTo: now) {
      viewport.useRoom(from: scene.timeline.requests[last].arrival, now: now, squeeze)
    }
    if !scene.timeline.isEmpty { viewport.useRoom(from: scene.timeline.first, now: now, squeeze) }
  }
}
