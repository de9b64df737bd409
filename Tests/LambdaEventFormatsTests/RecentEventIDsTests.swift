import Testing

@testable import LambdaEventFormats

@Suite("Ids of log events seen last")
struct RecentEventIDsTests {
  /// Ids of CloudWatch are 56 digits and are counted up in the last ones.
  @Test(
    "Of the latest 10,000 none is forgotten", arguments: ["%056d", "%05d", "3977130%049d", "%020d-of-a-tool"])
  func latest(_ format: String) {
    var known = RecentEventIDs()
    func insert(_ number: Int) -> Bool {
      let digits = String(number)
      let parts = format.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
      let width = Int(parts[1].prefix { $0.isNumber }) ?? 0
      let rest = parts[1].drop { $0.isNumber }.dropFirst()
      let id = parts[0] + String(repeating: "0", count: width - digits.count) + digits + rest
      return Array(id.utf8).withUnsafeBytes { known.insert($0) }
    }
    for page in 0..<10 {
      let ids = page * 10_000..<(page + 1) * 10_000
      let new = ids.count { insert($0) }
      let again = ids.count { insert($0) }
      #expect(new == 10_000)
      #expect(again == 0)
    }
  }

  /// The newest are remembered, not all: a log that is watched for days takes no more memory.
  @Test func oldest() {
    var known = RecentEventIDs()
    func insert(_ number: Int) -> Bool { withUnsafeBytes(of: number) { known.insert($0) } }
    let new = (0..<400_000).count { insert($0) }
    #expect(new == 400_000)
    let again = (0..<10_000).count { insert($0) }
    #expect(again > 9_900)
  }
}
