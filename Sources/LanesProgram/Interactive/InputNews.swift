internal import EventSources
internal import LambdaLifecycle

/// News of inputs, each once: the fate of requests, the end of an input, a clock that went back.
struct InputNews {
  /// Inputs whose end has been reported.
  private var toldEnds: Set<SourceID> = []
  private var clocks = ClockNews()

  /// Returns the news since the last time, each with the time to read it.
  mutating func take(from inputs: Inputs) -> [(text: String, length: Nanoseconds)] {
    let news = inputs.requestMessages + ends(of: inputs)
    inputs.requestMessages.removeAll()
    return news.map { ($0, MessageLine.usual) } + clocks.take(from: inputs).map { ($0, MessageLine.long) }
  }

  private mutating func ends(of inputs: Inputs) -> [String] {
    let areSeveral = inputs.inputs.count > 1
    var news: [String] = []
    for status in inputs.inputs.map(\.status) where !toldEnds.contains(status.source) {
      switch status.state {
      case .waiting, .live, .stalled: continue
      case .failed(let reason): news.append(areSeveral ? "\(status.name): \(reason)" : reason)
      case .ended:
        if !status.end.isEmpty {
          news.append("\(areSeveral ? status.name : "the emulator") has ended: \(status.end)")
        }
      }
      toldEnds.insert(status.source)
    }
    return news
  }
}
