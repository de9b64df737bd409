internal import LambdaLifecycle

/// A message that is shown once, until the next key or until it has been read long enough.
struct MessageLine {
  /// The time to read most messages.
  static let usual: Nanoseconds = .seconds(6)
  /// The time to read an unexpected one.
  static let long: Nanoseconds = .seconds(20)

  /// Empty where there is no message.
  private(set) var text = ""
  private var end = Timestamp.never
  private var isNews = false

  /// News may take its place: the answer to a key should not be lost for news.
  var isFreeForNews: Bool { text.isEmpty || isNews }

  /// The moment at which it goes away by itself; `.never` where there is none.
  var next: Timestamp { text.isEmpty ? .never : end }

  /// - Parameters:
  ///   - length: the time to read it.
  ///   - isNews: no key has asked for it.
  mutating func say(_ text: String, for length: Nanoseconds, at now: Timestamp, isNews: Bool = false) {
    self.text = text
    self.isNews = isNews
    end = now &+ length
  }

  /// Takes it away.
  mutating func clear() { text = "" }

  /// Takes it away where its time is over.
  /// - Returns: true where it has gone now.
  mutating func expire(at now: Timestamp) -> Bool {
    guard !text.isEmpty, now >= end else { return false }
    text = ""
    return true
  }
}
