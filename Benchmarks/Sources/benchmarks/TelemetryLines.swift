internal import LambdaLifecycle

/// Lines as the Telemetry API posts them, of one environment: start, runtimeDone and report of one request after
/// another.
func telemetryLines(requests: Int) -> [UInt8] {
  let catalog = Catalog()
  var text: [UInt8] = []
  text.reserveCapacity(requests * 1_000)
  // Within one day, so that the date stays.
  var clock: Int64 = 0
  for number in 0..<requests {
    let k = UInt64(number)
    let id = catalog.text(
      RequestID(high: draw(seed: 1, .requestHigh, k), low: draw(seed: 1, .requestLow, k)))
    let microseconds = Int64(draw(seed: 1, .handler, k) % 80_000) + 1_000
    let start = iso8601(clock)
    let end = iso8601(clock + microseconds / 1_000)
    text +=
      """
      {"time":"\(start)","type":"platform.start","record":{"requestId":"\(id)","version":"$LATEST","tracing":\
      {"spanId":"24cd7d670fa455f0","type":"X-Amzn-Trace-Id","value":"Root=1-6352a70e-1e2c502e358361800241fd45;\
      Parent=35465b3a9e2f7c6a;Sampled=1"}}}
      {"time":"\(end)","type":"platform.runtimeDone","record":{"requestId":"\(id)","status":"success","spans":\
      [{"name":"responseLatency","start":"\(start)","durationMs":\(milliseconds(microseconds * 4 / 5))},\
      {"name":"responseDuration","start":"\(end)","durationMs":0.05}],"metrics":{"durationMs":\
      \(milliseconds(microseconds)),"producedBytes":40}}}
      {"time":"\(end)","type":"platform.report","record":{"requestId":"\(id)","status":"success","metrics":\
      {"durationMs":\(milliseconds(microseconds + 500)),"billedDurationMs":\(microseconds / 1_000 + 1),\
      "memorySizeMB":512,"maxMemoryUsedMB":67},"spans":[{"name":"extensionOverhead","start":"\(end)",\
      "durationMs":0.4}]}}

      """.utf8
    clock += microseconds / 1_000 + 105
  }
  return text
}

private func milliseconds(_ microseconds: Int64) -> String {
  "\(microseconds / 1_000).\(padded(microseconds % 1_000, 3))"
}

/// A moment of 14 November 2023.
private func iso8601(_ milliseconds: Int64) -> String {
  let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
  let clock = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
  return "2023-11-\(padded(14 + seconds / 86_400, 2))T\(clock.joined(separator: ":")).\(padded(rest, 3))Z"
}

private func padded(_ number: Int64, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
