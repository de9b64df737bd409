import Foundation
import TestSupport
import Testing

/// A recording survives its recorder.
@Suite(.needs(.lanes, .python)) struct KilledRecordingTests {
  /// Prints 20,000 events a second, and keeps their number in a file.
  private static let producer = """
    import json, os, sys, time
    told = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
    header = {"format": "lambda-lanes-recording", "version": 1, "origin": "2026-11-23T03:06:28Z", "source": "native"}
    os.write(1, (json.dumps(header) + "\\n").encode())
    count, begin = 0, time.monotonic()
    while True:
        due = int((time.monotonic() - begin) * 20_000)
        lines = [f'{{"time":{n / 20_000:.6f},"event":"output","environment":"env-1","origin":"function","text":"line {n}"}}\\n' for n in range(count, due)]
        batch = memoryview("".join(lines).encode())
        while batch:
            batch = batch[os.write(1, batch):]
        count = due
        os.pwrite(told, str(count).encode(), 0)
        time.sleep(0.002)
    """

  @Test func atAHundredMoments() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.producer.utf8, to: "producer.py")
    let python = try Peer.python.required()
    var random = SystemRandomNumberGenerator()
    var missing: [Int] = []
    for round in 0..<100 {
      let (recording, told) = (scratch.file("\(round).jsonl"), scratch.file("\(round).told"))
      let ending = try await run(
        try Peer.lanes.required(),
        ["record", "-o", recording, "--", python, scratch.file("producer.py"), told]
      ) { process in
        try await eventually("events in the recording") {
          let size = try? FileManager.default.attributesOfItem(atPath: recording)[.size] as? Int
          return (size ?? 0) > 1_000 ? true : nil
        }
        // Any moment will do: the file must open at each.
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &random)))
        kill(process, SIGKILL)
      }
      #expect(ending.status == 128 + SIGKILL)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: recording))
      let whole = bytes.count { $0 == UInt8(ascii: "\n") } - 1
      let count = try #require(Int(try scratch.text("\(round).told")))
      // On a machine that has no time for it, no more than waits to be read: 8 MiB, a batch and a pipe.
      #expect(count - whole < 100_000, "in round \(round)")
      missing.append(count - whole)
      let summary = try await lanes("summary", "--json", recording)
      #expect(summary.status == 0, "round \(round): \(summary.errors)")
      try FileManager.default.removeItem(atPath: recording)
    }
    #expect(missing.sorted()[50] < 20_000, "a second of events")
  }
}
