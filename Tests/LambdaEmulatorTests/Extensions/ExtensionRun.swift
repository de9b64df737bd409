import Foundation
import LambdaLifecycle
import TestSupport

// The questions that tests of extensions ask of a run.

extension RunningFunction {
  /// The states that extensions have come to, in order: `one Registered`.
  var states: [String] {
    events.compactMap { event in
      guard case .extensionState(let name, let state, let error) = event.kind else { return nil }
      let words = "\(log.catalog.text(name)) \(state.wireName)"
      return error == .none ? words : "\(words) \(log.catalog.text(error))"
    }
  }

  /// The lines that somebody has printed with his name in front, without it.
  func said(_ name: String) -> [String] {
    output.filter { $0.hasPrefix("\(name) ") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// The moment when something happened for the first time.
  func moment(_ matches: (LifecycleEvent.Kind) -> Bool) -> Timestamp? {
    events.first { matches($0.kind) }?.time
  }

  /// The moments when a phase began, and when it ended, for the first time.
  func times(of phase: Phase) -> (begin: Timestamp, end: Timestamp)? {
    let begin = moment { if case .phaseBegan(phase, _) = $0 { true } else { false } }
    let end = moment { if case .phaseEnded(let end) = $0 { end.phase == phase } else { false } }
    guard let begin, let end else { return nil }
    return (begin, end)
  }

  var reports: [Report] {
    events.compactMap { if case .report(let report) = $0.kind { report } else { nil } }
  }

  /// The number of requests that the runtime has been done with.
  var runtimeDones: Int { events.count { if case .runtimeDone = $0.kind { true } else { false } } }

  /// Waits until so many requests have been answered, and nothing is at work: a request that came before a reset is over
  /// would get another environment.
  func rest(after answers: Int) async throws -> Bool {
    var watch = RestWatch()
    return try await wait { watch.isAtRest($0.events, answers: answers) }
  }

  /// Takes a file beside the function away.
  func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: scratch.file(file)) }

  /// The process that runs a file of this run's.
  func process(of file: String) -> Int32? {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.compactMap { Int32($0) }.first { number in
      let command = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
      return command.split(separator: 0).last == Data(scratch.file(file).utf8)
    }
  }

  /// The commands of processes that name the folder of this run's files.
  var processes: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { Int($0) != nil }
      .compactMap { number in
        guard let command = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else {
          return nil
        }
        let text = String(decoding: command, as: UTF8.self)
        return text.contains(scratch.path) ? text : nil
      }
  }
}
