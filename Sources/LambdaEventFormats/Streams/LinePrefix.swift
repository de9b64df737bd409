/// The text that a tool writes before every line that it passes on. Those of CloudWatch's tools are none of
/// them: their times are the events' own, and have 0, 3 or 6 digits behind the second.
enum LinePrefix: CaseIterable, Sendable {
  /// `name-1  | `: docker compose; `name_1  | ` in its version 1, `web.1  | ` of foreman, overmind and honcho, some with
  /// `08:00:00 ` before it; `0|web  | ` of pm2.
  case service
  /// `2026-03-02T08:00:00.123456789Z `: `docker logs -t`, `kubectl logs --timestamps`; ` stdout F ` behind it in the
  /// files of a Kubernetes node.
  case containerTime
  /// `2026-03-02T08:00:00.1234567Z `: GitHub Actions.
  case workflowTime
  /// `JOB⇥STEP⇥2026-03-02T08:00:00.1234567Z `: `gh run view --log`.
  case workflowStep
  /// `2026-03-02T08:00:00.123456Z 00O `: GitLab CI.
  case jobTime
  /// `[pod/NAME/CONTAINER] `: `kubectl logs --prefix`.
  case pod
  /// `Mar 02 08:00:00 host unit[123]: `: journald and syslog; `-o short-iso`, `short-precise`, `short-full`, `short-unix`
  /// too.
  case journal

  /// A prefix that was found.
  struct Found {
    /// The place where the line goes on.
    var end: Int
    /// The writer of these lines; empty where the prefix does not name it.
    var name: UnsafeRawBufferPointer
  }

  /// True if it names the writer of the line.
  var tellsName: Bool {
    switch self {
    case .service, .workflowStep, .pod, .journal: true
    case .containerTime, .workflowTime, .jobTime: false
    }
  }

  /// The prefix if it stands at `start`.
  func find(in line: UnsafeRawBufferPointer, at start: Int) -> Found? {
    guard start < line.count else { return nil }
    var cursor = PrefixCursor(line, at: start)
    switch self {
    case .service:
      if cursor.clock() { cursor.take(" ") }
      // The number of pm2.
      if cursor.digits(1...4), !cursor.take("|") { cursor = PrefixCursor(line, at: start) }
      // A number or a date is the first cell of a row that was copied out of a table.
      guard let name = cursor.word(upTo: 128, where: PrefixCursor.isOfService), cursor.take(" "),
        name.contains(where: { ($0 | 0x20) &- UInt8(ascii: "a") < 26 })
      else { return nil }
      cursor.skip(" ")
      guard cursor.take("|") else { return nil }
      return cursor.end(name)
    case .containerTime:
      guard cursor.time(digits: 9...9) else { return nil }
      if !cursor.take(" stdout F") { cursor.take(" stderr F") }
      return cursor.end()
    case .workflowTime:
      return cursor.time(digits: 7...7) ? cursor.end() : nil
    case .workflowStep:
      let isField = { (byte: UInt8) in byte != UInt8(ascii: "\t") }
      guard let job = cursor.word(upTo: 256, where: isField), cursor.take("\t"),
        let step = cursor.word(upTo: 256, where: isField), cursor.take("\t")
      else { return nil }
      // The first line of a log has its byte order mark here.
      cursor.take("\u{FEFF}")
      guard cursor.time(digits: 7...7) else { return nil }
      return cursor.end(line.slice(start, start + job.count + 1 + step.count))
    case .jobTime:
      guard cursor.time(digits: 6...6), cursor.take(" "), cursor.hexadecimalPair(),
        cursor.take("O") || cursor.take("E")
      else { return nil }
      // A plus stands where the line before goes on.
      return cursor.take("+") ? cursor.here() : cursor.end()
    case .pod:
      guard cursor.take("["), cursor.isNext("pod/"),
        let name = cursor.word(upTo: 512, where: { $0 > 0x20 && $0 != UInt8(ascii: "]") }), cursor.take("]")
      else { return nil }
      return cursor.end(name)
    case .journal:
      // A log stream of CloudWatch is no host, and the id of a request is no unit.
      guard cursor.journalTime(), cursor.take(" "),
        cursor.word(upTo: 256, where: { $0 > 0x20 && $0 != UInt8(ascii: "/") }) != nil, cursor.take(" "),
        !cursor.isNext("RequestId: "),
        let unit = cursor.word(
          upTo: 256, where: { $0 > 0x20 && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: ":") })
      else { return nil }
      // The processes of a unit write into one log: the number is not whose lines these are.
      if cursor.take("["), !(cursor.digits(1...10) && cursor.take("]")) { return nil }
      guard cursor.take(":") else { return nil }
      return cursor.end(unit)
    }
  }
}
