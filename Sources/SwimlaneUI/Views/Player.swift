internal import LambdaLifecycle

// Keys while a recording is played, where a simulation's keys would mean nothing.

extension Viewer {
  /// Answers one of them.
  mutating func answerPlayer(_ key: Key, _ scene: borrowing Scene) -> Answer {
    guard scene.stage.lead.hasEnd, !scene.timeline.isEmpty else { return .ignored }
    switch KeyTable.player.first(where: { $0.keys.contains(key) })?.command {
    case .reverse: return .effect(.time(.reverse))
    case .loop: return loop(scene.stage)
    case .part:
      guard case .character(let digit) = key else { return .ignored }
      let tenths = Double(digit.value) - Double(UInt8(ascii: "0"))
      return move(.seek(moment(atPart: tenths / 10, scene)))
    case .nextPhase, .previousPhase:
      return stepPhase(key == .character("p") ? 1 : -1, scene)
    case .nextRequest, .previousRequest:
      return stepRequest(key == .character("i") ? 1 : -1, scene)
    case .addMarker:
      overlay = .prompt(Prompt(.marker))
      return .handled
    default: return .ignored
    }
  }

  /// From the moment that was marked to the one looked at, or no longer.
  private func loop(_ stage: Stage) -> Answer {
    if stage.loop != nil { return .effect(.time(.loop(nil))) }
    guard let mark, mark != stage.time else {
      return .tell("M marks where it begins to repeat; go to where it ends, and press o there")
    }
    return .effect(.time(.loop(min(mark, stage.time)...max(mark, stage.time))))
  }

  /// The moment at a part of the whole, as the bar below the lanes shows it: where idle time is squeezed there, it is
  /// here.
  func moment(atPart part: Double, _ scene: borrowing Scene) -> Timestamp {
    guard !scene.timeline.isEmpty else { return scene.stage.time }
    let whole = (arrangement.whole ?? WholeScale(of: scene, columns: 1_000, squeeze(scene))).viewport
    let (first, last) = (place(of: scene.timeline.first, whole), place(of: scene.stage.newest, whole))
    let place = first + (last - first) * part
    let column = min(Int(place), whole.columns - 1)
    return whole.time(of: column) &+ Nanoseconds((place - Double(column)) * Double(whole.width(of: column)))
  }

  // MARK: Steps

  /// To where a phase of the selected environment begins.
  private mutating func stepPhase(
    _ step: Int, _ scene: borrowing Scene
  ) -> Answer {
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
    return move(.jump(found.time, "\(name): \(found.phase.title)"))
  }

  /// To where a request arrives, and its environment.
  private mutating func stepRequest(
    _ step: Int, _ scene: borrowing Scene
  ) -> Answer {
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
    return move(.jump(time, words))
  }
}
