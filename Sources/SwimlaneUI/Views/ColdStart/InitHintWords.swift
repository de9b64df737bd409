package import LambdaLifecycle

extension InitHint {
  /// The cost, its reason, and what usually helps.
  package var words: String {
    let cost = SwimlaneUI.text(ofLength: cost)
    let place = place.map { "\($0.file):\($0.line)" } ?? ""
    switch kind {
    case .compiling(let files):
      return
        "\(cost) for compiling \(files) module\(files == 1 ? "" : "s") without a .pyc file. In Lambda the code is read-only,"
        + " so each cold start pays it: deploy compiled files (python -m compileall)."
    case .oneName(let package, let name):
      return
        "\(cost) at \(place) for one name of \(package), \(name). Import it where it is used, or a lighter package."
    case .madeTwice(let text, let before):
      return
        "\(cost) at \(place) for \(text), which \(before.file):\(before.line) has made already. Share it."
    case .unused(let name):
      return
        "\(cost) at \(place) for \(name), which no other line of your modules names. If it is not needed, leave it out."
    }
  }
}
