import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// Screens of what one function with on-demand environments does not have: SnapStart, Managed Instances, provisioned
/// concurrency, several functions, retries.
@Suite("Screens of fleets")
struct FleetScreenTests {
  private typealias Moment = (name: String, at: Int64)

  private func expectScreens(
    _ stream: FleetStream, _ title: String, _ moments: [Moment], details: Bool = false
  )
    throws
  {
    for (name, moment) in moments {
      for (columns, rows) in [(120, 40), (80, 24)] {
        var show = Show(stream.session, fitsAll: true)
        show.title = title
        show.session.seek(to: Show.start + .milliseconds(moment))
        _ = show.frame(columns, rows)
        // A large screen shows them anyway.
        if details, rows < 40 { show.press(.tab) }
        try expectScreen("\(name)-\(columns)x\(rows)", show.frame(columns, rows))
      }
    }
  }

  @Test("SnapStart: a version is published, and environments are restored from its snapshot")
  func snapStart() throws {
    let stream = FleetStream.snapStart
    try expectScreens(
      stream, "play: snapstart.jsonl",
      [
        ("publishing", 800), ("snapshot", 2_400), ("published", 3_500), ("restoring", 5_100),
        ("restored", 5_950),
      ])
    try expectScreens(stream, "play: snapstart.jsonl", [("restored-details", 5_950)], details: true)
    try expectScreens(stream, "play: snapstart.jsonl", [("published-details", 3_500)], details: true)
  }

  @Test("Managed Instances: several invocations at once, idle between them")
  func managedInstance() throws {
    try expectScreens(
      .managedInstance, "play: instances.jsonl", [("at-once", 2_150), ("managed-idle", 4_500)])
  }

  @Test("two functions: names and settings say which; throttled, failed, tried again, given up")
  func retries() throws {
    try expectScreens(
      .retries, "play: retries.jsonl",
      [("throttled", 1_200), ("retried", 4_100), ("dropped", 9_500)])
  }

  @Test("ASCII: the same without Unicode")
  func ascii() throws {
    var show = Show(FleetStream.managedInstance.session, fitsAll: true, ascii: true)
    show.session.seek(to: Show.start + .milliseconds(2_150))
    try expectScreen("at-once-ascii-80x24", show.frame(80, 24))
  }
}
