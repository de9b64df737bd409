internal import Glibc
internal import LambdaEventFormats
internal import LambdaLifecycle

/// Lines a second of every format: decoded, and decoded and folded, beside Python that only takes the lines apart, with
/// orjson where they are JSON, else with `re`.
///
/// The lines are the tests' captures, again and again with request ids of their own. Their times repeat too, so a fold of
/// them has more to sort than one of a real log.
func formatSpeed() throws -> [Figure] {
  guard let folder = getenv("LANES_FIXTURES").map({ String(cString: $0) }) else {
    throw BenchmarkError("LANES_FIXTURES names no folder: start this with Benchmarks/run")
  }
  let captures: [(format: StreamFormat, file: String, peer: String)] = [
    (.rie, "rie/cold-3warm-info.log", "re_lines.py"),
    (.rie, "rie/cold-3warm-debug.log", "re_lines.py"),
    (.rieManaged, "emulators/managed-info.log", "re_lines.py"),
    (.samLocal, "emulators/sam-local-start-api.log", "re_lines.py"),
    (.localStack, "emulators/localstack.log", "re_lines.py"),
    (.cargoLambda, "emulators/cargo-lambda-verbose.log", "re_lines.py"),
    (.cloudWatch, "CloudWatch/tail-detailed.log", "re_lines.py"),
    (.cloudWatch, "CloudWatch/json-info-tail.log", "re_lines.py"),
    (.cloudWatch, "CloudWatch/sam-json.jsonl", "orjson_lines.py"),
  ]
  return try captures.flatMap { capture in
    let text = try repeated(folder + "/" + capture.file)
    return try figures(
      of: text, as: capture.format, peer: capture.peer,
      what: capture.file.split(separator: "/").last.map(String.init) ?? "")
  } + figures(of: recordingLines(), as: .recording, peer: "orjson_lines.py", what: "a recording")
}

private func figures(
  of text: [UInt8], as format: StreamFormat, peer script: String, what: String
) throws -> [Figure] {
  var lines = 0
  let decode = measure(runs: 3) { timed in
    var log = EventLog()
    timed { lines = read(text, as: format, into: &log) { $0.events.removeAll(keepingCapacity: true) } }
  }
  let both = measure(runs: 3) { timed in
    var log = EventLog()
    var timeline = Timeline(format.makeDecoder().source)
    timed {
      _ = read(text, as: format, into: &log) { log in
        for event in log.events { timeline.fold(event) }
        log.events.removeAll(keepingCapacity: true)
        timeline.settle()
      }
    }
  }
  var figures = [
    Figure(what: "decode \(what)", measured: perSecond(lines, decode, "lines"), budget: "2 M lines/s"),
    Figure(what: "  and fold", measured: perSecond(lines, both, "lines")),
  ]
  if let (count, seconds) = try python(script, text) {
    for (index, times) in [decode, both].enumerated() {
      figures[index].peer =
        "\(script.hasPrefix("re") ? "re" : "orjson") \(decimal(count / seconds / 1e6)) M lines/s"
      figures[index].ratio = "\(decimal(Double(lines) / times.best / (count / seconds)))×"
    }
  }
  return figures
}

/// Reads in the pieces in which a file or a pipe comes.
/// - Returns: how many lines there were.
private func read(
  _ text: [UInt8], as format: StreamFormat, into log: inout EventLog, _ afterEach: (inout EventLog) -> Void
) -> Int {
  var reader = StreamReader(format: format)
  text.withUnsafeBytes { bytes in
    for start in stride(from: 0, to: bytes.count, by: 65_536) {
      let piece = bytes[start..<min(bytes.count, start + 65_536)]
      reader.read(UnsafeRawBufferPointer(rebasing: piece), stream: nil, arrival: nil, into: &log)
      afterEach(&log)
    }
  }
  reader.finish(into: &log)
  afterEach(&log)
  return reader.lines
}

/// About 100,000 lines of a capture, each repetition with request ids of its own.
private func repeated(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "r") else { throw BenchmarkError("cannot read \(path)") }
  defer { fclose(file) }
  var capture = [UInt8](repeating: 0, count: 1 << 20)
  capture.removeLast(capture.count - fread(&capture, 1, capture.count, file))
  let places = capture.indices.filter { isUUID(capture, at: $0) }
  var text: [UInt8] = []
  for number in 0..<max(1, 100_000 / capture.count { $0 == UInt8(ascii: "\n") }) {
    let digits = Array(String(number, radix: 16).utf8)
    for place in places {
      capture.replaceSubrange((place + 8 - digits.count)..<(place + 8), with: digits)
    }
    text += capture
  }
  return text
}

private func isUUID(_ bytes: [UInt8], at start: Int) -> Bool {
  guard start + 36 <= bytes.count else { return false }
  return (0..<36).allSatisfy { place in
    let byte = bytes[start + place]
    if [8, 13, 18, 23].contains(place) { return byte == UInt8(ascii: "-") }
    return (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

private func recordingLines() -> [UInt8] {
  var traffic = Traffic(environments: 10)
  var log = EventLog()
  log.events = traffic.next(requests: 50_000)
  log.catalog = traffic.catalog
  var encoder = RecordingEncoder(origin: log.events[0].time, source: .native)
  var bytes = encoder.header()
  for event in log.events { encoder.encode(event, from: log, into: &bytes) }
  return bytes
}

private func python(_ script: String, _ text: [UInt8]) throws -> (lines: Double, seconds: Double)? {
  let path = "/tmp/lanes-benchmark-\(getpid()).lines"
  guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
  defer { unlink(path) }
  fwrite(text, 1, text.count, file)
  fclose(file)
  guard let numbers = try peer(script, path), numbers.count == 2 else { return nil }
  return (numbers[0], numbers[1])
}
