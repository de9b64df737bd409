internal import LambdaLifecycle

// Keys while a recording is played, where a simulation's keys would mean nothing.

extension Viewer {
  /// Answers one of them; nil for others.
  mutating func answerPlayer(
    _ key: Key, _ scene: borrowing Scene
  ) -> Effect? {
    guard scene.stage.lead.hasEnd, !showsHelp, !scene.timeline.isEmpty else { return nil }
    switch KeyTable.player.first(where: { $0.keys.contains(key) })?.command {
    case .reverse: return .reverse
    case .loop: return loop(scene.stage)
    case .part:
      guard case .character(let digit) = key else { return nil }
      let tenths = Double(digit.value) - Double(UInt8(ascii: "0"))
      return moveTime(.seek(moment(atPart: tenths / 10, scene)))
    case .nextPhase, .previousPhase:
      return stepPhase(key == .character("p") ? 1 : -1, scene)
    case .nextRequest, .previousRequest:
      return stepRequest(key == .character("i") ? 1 : -1, scene)
    case .addMarker:
      prompt = Prompt(.marker)
      return .some(.nothing)
    default: return nil
    }
  }

  /// From the moment that was marked to the one looked at, or no longer.
  private mutating func loop(_ stage: Stage) -> Effect {
    if stage.loop != nil { return .loop(nil) }
    guard let mark, mark != stage.time else {
      return .tell("M marks where it begins to repeat; go to where it ends, and press o there")
    }
    return .loop(min(mark, stage.time)...max(mark, stage.time))
  }

  /// The moment at a part of the whole, as the bar below the lanes shows it: where idle time is squeezed there, it is
  /// here.
  func moment(atPart part: Double, _ scene: borrowing Scene) -> Timestamp {
    guard !scene.timeline.isEmpty else { return scene.stage.time }
    let whole = knownOverview?.viewport ?? wholeViewport(scene, columns: 1_000)
    let (first, last) = (place(of: scene.timeline.first, whole), place(of: scene.stage.newest, whole))
    let place = first + (last - first) * part
    let column = min(Int(place), whole.columns - 1)
    return whole.time(of: column) &+ Nanoseconds((place - Double(column)) * Double(whole.width(of: column)))
  }

  // MARK: Steps

  /// To where a phase of the selected environment begins.
  private mutating func stepPhase(
    _ step: Int, _ scene: borrowing Scene
  ) -> Effect {
    guard let selected, let track = scene.timeline.track(selected) else {
      return .tell("no environment is selected")
    }
    let found =
      step > 0 ? track.phaseBegin(after: scene.stage.time) : track.phaseBegin(before: scene.stage.time)
    guard let found else {
      return .tell("no \(step > 0 ? "later" : "earlier") phase in this environment")
    }
    let name = environmentName(selected, scene)
    selection.stay()
    return moveTime(.jump(found.time, "\(name): \(found.phase.title)"))
  }

  /// To where a request arrives, and its environment.
  private mutating func stepRequest(
    _ step: Int, _ scene: borrowing Scene
  ) -> Effect {
    let arrivals = scene.timeline.arrivals
    let place =
      step > 0 ? arrivals.count(upTo: scene.stage.time) : arrivals.count(upTo: scene.stage.time &- 1) - 1
    guard place >= 0, place < arrivals.count else {
      return .tell("no \(step > 0 ? "later" : "earlier") request\(ofWhatPasses)")
    }
    let time = arrivals.times[place]
    var words = "request \(grouped(place + 1)) of \(grouped(arrivals.count))"
    if let last = scene.timeline.lastRequest(upTo: time) {
      let request = scene.timeline.requests[last]
      if let track = scene.timeline.track(request.environment) {
        selection.choose(track.id)
        words += ": \(environmentName(track.id, scene))"
      }
    }
    return moveTime(.jump(time, words))
  }
}
