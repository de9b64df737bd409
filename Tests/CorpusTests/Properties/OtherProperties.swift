import EventSources
import LambdaLifecycle
import ScenarioFiles

/// Packed data that comes in pieces unpacks to the same as whole, and to nothing endless.
func unpackingViolation(_ bytes: [UInt8]) -> String? {
  let most = 4 << 20
  func unpacked(_ pieces: [ArraySlice<UInt8>]) -> (bytes: [UInt8], ending: String) {
    var unpacking = Unpacking()
    var all: [UInt8] = []
    do {
      for piece in pieces {
        try unpacking.read(Array(piece)) { part in
          all += part
          return all.count < most
        }
        if all.count >= most { return (Array(all.prefix(most)), "too much") }
      }
    } catch {
      return (all, "damaged")
    }
    let (rest, isCutOff) = unpacking.finish()
    return (all + rest, isCutOff ? "cut off" : "whole")
  }
  var draws = Draws(bytes)
  let whole = unpacked([bytes[...]])
  let pieces = unpacked(draws.pieces(of: bytes))
  if whole.ending != pieces.ending { return "in pieces it is \(pieces.ending), else \(whole.ending)" }
  return whole.bytes == pieces.bytes ? nil : "in pieces it unpacks to something else"
}

/// A scenario is read, or its mistakes are named in printable words; a scenario that was read can be
/// simulated, and saved and read again.
func scenarioViolation(_ bytes: [UInt8]) -> String? {
  let file: ScenarioFile
  do {
    file = try ScenarioFile.read(bytes, name: "fuzz.yaml") { _ in Array("at\n0\n1.5\n".utf8) }
  } catch {
    let text = "\(error)"
    if text.isEmpty { return "refused without a word" }
    return text.utf8.contains { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F }
      ? "a message with control characters: \(text)" : nil
  }
  var log = EventLog(source: .simulation)
  var simulator = Simulator(file.scenario, seed: file.seed ?? 1, start: 0, keepsEvents: true, into: &log)
  for _ in 0..<300 where simulator.nextTime != .never && log.events.count < 20_000 {
    simulator.step(into: &log)
  }
  var timeline = Timeline(.simulation)
  for event in log.events { timeline.fold(event) }
  timeline.settle()
  return nil
}
