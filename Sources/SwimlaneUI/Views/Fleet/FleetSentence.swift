internal import LambdaLifecycle

/// A fleet's history, in one or two sentences: `184 of 200 served one request, then idled.`
struct FleetSentence {
  private var environments = 0
  private var servedNone = 0
  private var servedOne = 0
  private var requests = 0
  private var busiest = 0

  init(_ tracks: [Int], _ timeline: borrowing Timeline, at time: Timestamp) {
    for index in tracks {
      let served = timeline.tracks[index].invocationCount(upTo: time)
      let isBusy = timeline.tracks[index][.invoke].open(at: time) > 0
      environments += 1
      requests += served
      busiest = max(busiest, served)
      if served == 0, !isBusy { servedNone += 1 }
      if served == 1, !isBusy { servedOne += 1 }
    }
  }

  /// The most important first.
  func sentences(refused: Int) -> [String] {
    var sentences: [String] = []
    let all = grouped(environments)
    if servedOne * 2 >= environments, servedOne > 0 {
      sentences.append("\(grouped(servedOne)) of \(all) served one request, then idled.")
    } else if requests > 0 {
      let only = servedOne > 0 ? ", \(grouped(servedOne)) only one" : ""
      sentences.append(
        "\(all) environments served \(grouped(requests)) requests: the busiest \(grouped(busiest))\(only).")
    }
    if refused > 0 {
      sentences.append("\(grouped(refused)) request\(refused == 1 ? " was" : "s were") refused.")
    }
    if servedNone > 0, requests > 0 {
      sentences.append("\(grouped(servedNone)) served none.")
    }
    return sentences
  }
}
