internal import Glibc
internal import LambdaEventFormats
internal import LambdaLifecycle

/// Lines of the Telemetry API a second: decoded, and decoded and folded, beside orjson that only decodes.
func decodeSpeed() throws -> [Figure] {
  let requests = 300_000
  let lines = requests * 3
  let text = telemetryLines(requests: requests)
  let decode = measure { timed in
    var log = EventLog()
    timed { readInChunks(text, into: &log) { $0.events.removeAll(keepingCapacity: true) } }
  }
  let both = measure { timed in
    var log = EventLog()
    var timeline = Timeline(.telemetry)
    timed {
      readInChunks(text, into: &log) { log in
        for event in log.events { timeline.fold(event) }
        log.events.removeAll(keepingCapacity: true)
      }
      timeline.settle()
    }
    precondition(timeline.statistics.requests == requests && timeline.undecodable == 0)
  }
  var figures = [
    Figure(what: "decode Telemetry API lines", measured: perSecond(lines, decode, "lines")),
    Figure(
      what: "decode and fold, with inference", measured: perSecond(lines, both, "lines"),
      budget: "2 M lines/s"),
  ]
  if let (count, seconds) = try orjson(text) {
    for (index, times) in [decode, both].enumerated() {
      let peerRate = count / seconds
      figures[index].peer = "orjson \(decimal(peerRate / 1e6)) M lines/s, decode alone"
      figures[index].ratio = "\(decimal(Double(lines) / times.best / peerRate))×"
    }
  }
  return figures
}

/// Reads in the pieces in which a file or a pipe comes.
private func readInChunks(
  _ text: [UInt8], into log: inout EventLog, _ afterEach: (inout EventLog) -> Void
) {
  var reader = StreamReader(format: .telemetry)
  text.withUnsafeBytes { bytes in
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 65_536)
      reader.read(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), stream: nil, arrival: nil, into: &log)
      afterEach(&log)
      start = end
    }
  }
  reader.finish(into: &log)
  afterEach(&log)
}

private func orjson(_ text: [UInt8]) throws -> (lines: Double, seconds: Double)? {
  var path = Array("/tmp/lanes-benchmark-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  guard descriptor >= 0, let file = fdopen(descriptor, "w") else {
    throw BenchmarkError("cannot make a temporary file")
  }
  defer { unlink(path) }
  let written = fwrite(text, 1, text.count, file)
  guard fclose(file) == 0, written == text.count else {
    throw BenchmarkError("cannot write a temporary file")
  }
  let name = path.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
  guard let numbers = try peer("orjson_lines.py", name), numbers.count == 2 else { return nil }
  return (numbers[0], numbers[1])
}
