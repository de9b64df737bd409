internal import LambdaLifecycle

/// What is said once, until the next key or until it has been read long enough.
struct MessageLine {
  /// How long most of what is said can be read.
  static let usual: Nanoseconds = .seconds(6)
  /// The same for what is not expected.
  static let long: Nanoseconds = .seconds(20)

  /// Empty where nothing is said.
  private(set) var text = ""
  private var end = Timestamp.never
  private var isNews = false

  /// News may take its place: what a key has said is not to be lost for it.
  var isFreeForNews: Bool { text.isEmpty || isNews }

  /// When it goes away by itself; `.never` where there is none.
  var next: Timestamp { text.isEmpty ? .never : end }

  /// - Parameters:
  ///   - length: how long it can be read.
  ///   - isNews: no key has asked for it.
  mutating func say(_ text: String, for length: Nanoseconds, at now: Timestamp, isNews: Bool = false) {
    self.text = text
    self.isNews = isNews
    end = now &+ length
  }

  /// Takes it away.
  mutating func clear() { text = "" }

  /// Takes it away where it is time to.
  /// - Returns: whether it is gone now.
  mutating func expire(at now: Timestamp) -> Bool {
    guard !text.isEmpty, now >= end else { return false }
    text = ""
    return true
  }
}
