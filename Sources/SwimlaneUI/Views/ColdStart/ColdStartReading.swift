internal import LambdaLifecycle

/// How somebody reads the parts of an init.
struct ColdStartReading: Sendable {
  /// The order in which its statements are listed.
  private(set) var order = InitTable.Order.source
  /// Rows above those in sight; 0 for the most important ones of all.
  private(set) var scroll = 0

  mutating func toggleOrder() { order = order == .source ? .cost : .source }

  mutating func scroll(by rows: Int) { scroll = min(max(0, scroll + rows), 10_000) }

  mutating func scrollToTop() { scroll = 0 }
}
