import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// Whatever comes in, a stream ends with a count and never with a trap.
@Suite struct RobustnessTests {
  @Test(arguments: Fixture.rie) func everyPrefixOfACaptureDecodes(name: String) throws {
    expectEveryPrefixDecodes(try Fixture.bytes("rie/\(name).log"), as: .rie)
  }

  @Test func everyPrefixOfTelemetryDecodes() throws {
    expectEveryPrefixDecodes(
      Array(try Fixture.telemetryBodies().joined(separator: "\n").utf8), as: .telemetry)
  }

  @Test(arguments: Fixture.cloudWatch) func everyPrefixOfALogDecodes(name: String) throws {
    expectEveryPrefixDecodes(try Fixture.bytes("CloudWatch/\(name)"), as: .cloudWatch)
  }

  @Test(arguments: LogShapes.all) func everyPrefixOfAShapeDecodes(shape: LogShapes.Shape) {
    expectEveryPrefixDecodes(Array(shape.text.utf8), as: .cloudWatch)
  }

  @Test func everyPrefixOfARecordingDecodes() throws {
    expectEveryPrefixDecodes(
      recording(of: decode(try Fixture.bytes("rie/extension-info.log"))), as: .recording)
    expectEveryPrefixDecodes(recording(of: everyKind(from: 1_795_403_188_586_000_000)), as: .recording)
  }

  private func recording(of log: EventLog) -> [UInt8] {
    var encoder = RecordingEncoder(origin: log.events[0].time, source: .rie)
    var bytes = encoder.header()
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    return bytes
  }

  /// A reader is a value: it reads on from the whole lines before a cut, and each cut is a copy that ends there.
  private func expectEveryPrefixDecodes(_ bytes: [UInt8], as format: StreamFormat) {
    var log = EventLog()
    var reader = StreamReader(format: format)
    var line = 0
    for cut in bytes.indices {
      var copy = reader
      var copiedLog = log
      bytes[line...cut].withUnsafeBytes { copy.read($0, stream: nil, arrival: nil, into: &copiedLog) }
      guard bytes[cut] == 0x0A else {
        copy.finish(into: &copiedLog)
        continue
      }
      reader = copy
      log = copiedLog
      // Only the bytes that follow are looked at; less to copy for each cut.
      log.events.removeAll()
      log.text = TextStore()
      line = cut + 1
    }
    #expect(reader.lines == bytes.count { $0 == 0x0A })
  }

  @Test(arguments: StreamFormat.allCases, [0...255, 0x20...0x7E] as [ClosedRange<UInt8>])
  func randomBytesAreCounted(format: StreamFormat, range: ClosedRange<UInt8>) {
    var generator = SeededRandom(1)
    var log = EventLog()
    var reader = StreamReader(format: format)
    // One mebibyte, read ten times from another place each time: making noise is slower than decoding it.
    let noise = noise(1 << 20, range: range, from: &generator)
    let newlines = 10 * noise.count { $0 == 0x0A }
    for pass in 0..<10 {
      let turn = pass * 99_991
      for piece in [noise[turn...], noise[..<turn]] {
        piece.withUnsafeBytes {
          reader.read($0, stream: nil, arrival: 1_795_403_188_586_000_000, into: &log)
        }
        log.events.removeAll(keepingCapacity: true)
      }
    }
    reader.finish(into: &log)
    #expect(reader.lines >= newlines)
    #expect(reader.lines <= newlines + 1)
  }

  private func noise(_ count: Int, range: ClosedRange<UInt8>, from generator: inout SeededRandom) -> [UInt8] {
    var noise: [UInt8] = []
    noise.reserveCapacity(count)
    let width = UInt64(range.count)
    while noise.count < count {
      let word = generator.next()
      for place: UInt64 in 0..<4 {
        noise.append(range.lowerBound + UInt8((word >> (16 * place) & 0xFFFF) * width >> 16))
      }
      // About as many lines as a log has.
      if word >> 59 == 0 { noise[noise.count - 1] = 0x0A }
    }
    return noise
  }

  /// A stamp that is damaged, or a clock that was set: nothing is concluded from decades between two lines.
  @Test func aLengthOfDecadesIsNotKnown() {
    let log = decode(
      """
      23 Nov 1990 03:06:28,586 [INFO] (rapid) INIT START(type: on-demand, phase: init)
      23 Nov 1990 03:06:28,587 [INFO] (rapid) Starting runtime without AWS_ACCESS_KEY, AWS_SECRET_ACCESS_KEY
      23 Nov 2026 03:06:28,600 [INFO] (rapid) INIT RTDONE(status: success)
      23 Nov 2026 03:06:28,601 [INFO] (rapid) INIT REPORT(durationMs: 1136073600880.124)

      """, as: .rie)
    let lengths = log.events.compactMap { event -> Nanoseconds? in
      if case .phaseEnded(let end) = event.kind { end.duration } else { nil }
    }
    #expect(!lengths.isEmpty)
    #expect(lengths.allSatisfy { $0 < .seconds(1_000_000_000) })
  }

  /// Damaged captures go deeper into the decoders than noise does.
  @Test(arguments: Fixture.rie) func damagedCapturesDecode(name: String) throws {
    expectDamagedDecodes(try Fixture.bytes("rie/\(name).log"), as: .rie)
  }

  @Test(arguments: EmulatorFormatTests.emulators)
  func damagedEmulatorsDecode(emulator: EmulatorFormatTests.Emulator) throws {
    expectDamagedDecodes(try Fixture.bytes("emulators/\(emulator.name).log"), as: emulator.format)
  }

  @Test(arguments: Fixture.cloudWatch) func damagedLogsDecode(name: String) throws {
    expectDamagedDecodes(try Fixture.bytes("CloudWatch/\(name)"), as: .cloudWatch)
  }

  @Test(arguments: PrintedLog.printers.map(\.name)) func damagedEnvelopesDecode(name: String) throws {
    let printer = try #require(PrintedLog.printers.first { $0.name == name })
    expectDamagedDecodes(Array(printer.print(try PrintedLog.session()).utf8), as: .cloudWatch)
  }

  @Test func damagedRecordingsDecode() {
    expectDamagedDecodes(recording(of: everyKind(from: 1_795_403_188_586_000_000)), as: .recording)
  }

  private func expectDamagedDecodes(_ bytes: [UInt8], as format: StreamFormat) {
    var generator = SeededRandom(7)
    for _ in 0..<30 {
      var damaged = bytes
      for _ in 0..<20 {
        let place = Int(generator.next() % UInt64(damaged.count))
        switch generator.next() % 3 {
        case 0: damaged[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: damaged.remove(at: place)
        default:
          // Lines in another order.
          let cut = damaged[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
          damaged = Array(damaged[cut...] + damaged[..<cut])
        }
      }
      let log = decode(damaged, as: format)
      #expect(!log.events.isEmpty)
    }
  }
}
