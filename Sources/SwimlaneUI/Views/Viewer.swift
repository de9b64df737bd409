package import LambdaLifecycle

/// A view of a timeline by somebody: what is selected, how far in, which panes. Arranges and draws it.
package struct Viewer: Sendable {
  package var painter: BarPainter
  var selection = SelectedEnvironment()
  /// The environment that the details speak of.
  package var selected: EnvironmentID? { selection.id }
  var camera: Camera
  /// The stretch of time in sight.
  package var viewport: Viewport { camera.viewport }
  var list = EnvironmentListing()
  /// The order in which environments are listed.
  package var order: EnvironmentOrder { list.order }
  var panes: Panes
  /// The pane that is chosen.
  package var pane: Pane { panes.chosen }
  /// The text that environments are filtered by; empty for none.
  package internal(set) var filter = ""
  /// The moment that is measured from.
  package internal(set) var mark: Timestamp?
  /// The style for a projector: thick lanes, few panes.
  package internal(set) var isBig: Bool

  /// The thing that lies over the lanes or is being typed; nil for nothing.
  var overlay: Overlay?
  var options = OptionsList()
  /// The options are open.
  package var showsOptions: Bool { options.isOpen }
  /// How far the picture has followed a lesson.
  var lessonSight = LessonSight()

  /// The places of the last frame.
  var arrangement = Arrangement()
  var pointer = Pointer()
  /// It begins with the whole session in sight.
  private let beginsFitted: Bool

  /// - Parameters:
  ///   - fitsAll: begin with the whole session in sight, as a player does.
  ///   - isBig: begin in the style for a projector.
  ///   - pane: what stands below the lanes at first.
  package init(
    glyphs: GlyphSet, hasColor: Bool, start: Timestamp, fitsAll: Bool, isBig: Bool = false,
    pane: Pane = .why
  ) {
    self.isBig = isBig
    panes = Panes(chosen: pane)
    painter = BarPainter(glyphs: glyphs, hasColor: hasColor)
    camera = Camera(start: start, showsWhole: fitsAll)
    beginsFitted = fitsAll
  }

  /// Begins anew with another session.
  package mutating func restart(at start: Timestamp) {
    let (isFit, isBig, camera) = (beginsFitted, isBig, camera)
    self = Viewer(
      glyphs: painter.glyphs, hasColor: painter.hasColor, start: start, fitsAll: isFit, isBig: isBig)
    self.camera.takePreferences(of: camera)
  }

  /// Draws everything into a frame of that size.
  package mutating func frame(_ scene: borrowing Scene, columns: Int, rows: Int) -> Frame {
    let sections = arrange(scene, columns: columns, rows: rows)
    let (frame, hits) = draw(sections, scene)
    pointer.lie(over: hits)
    return frame
  }

  /// Answers a key: whatever lies over the lanes is asked first, then a lesson, a recording's player and the panes.
  package mutating func answer(_ key: Key, _ scene: borrowing Scene) -> Answer {
    if case .mouse(let mouse) = key { return point(mouse, scene) }
    list.keepSelectedInSight()
    if case .paste(let text) = key { return paste(text) }
    if key == .resize { return .handled }
    let isCovered = overlay != nil
    var answer = answerInLayers(key, scene)
    if isCovered || answer != .ignored { return answer }
    answer = answerLesson(key, scene.stage)
    if answer != .ignored { return answer }
    answer = answerPlayer(key, scene)
    if answer != .ignored { return answer }
    guard let command = KeyTable.command(key) else { return .ignored }
    answer = answerInPane(command, scene)
    return answer != .ignored ? answer : obey(command, scene)
  }
}
