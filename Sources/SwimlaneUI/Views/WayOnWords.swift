internal import LambdaLifecycle

extension Session.WayOn {
  /// Behind the word that the clock stands still: the key that goes on.
  var words: String {
    switch self {
    case .goOn: "space goes on"
    case .play: "space plays"
    case .request: "i sends a request"
    }
  }
}
