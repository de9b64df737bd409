package import CursesTerminal
internal import EventSources
internal import Glibc
internal import LambdaEmulator
internal import LambdaLifecycle
package import TimelineExport

/// `lanes cold`: cold starts of a function, in rounds, each of which has one of every setting. So other work on this
/// machine meets all of them.
package struct ColdRounds {
  private let rounds: Int
  private let function: String
  private var settings: [ColdStartSetting] = []
  private var setups: [FunctionSetup] = []
  private var starts: [[ColdStart]] = []
  private var done = 0
  private let notes: [String]
  /// Copies of code lie in it, as long as this is there.
  private let folder: RunFolder?
  private var progress: ColdProgress

  /// Finds the programs and folders of all settings.
  /// - Throws: `Failure`, `Misuse`.
  package init(_ wishes: ColdWishes) throws {
    rounds = wishes.rounds
    var copies: [CodeCopy] = []
    if let revision = wishes.revision {
      guard case .handler(let handler) = wishes.run.what else {
        throw Misuse(
          description: "--against compares the code of a handler: expected one, such as app.handler")
      }
      let folder = try RunFolder()
      do {
        copies = try [revision, nil].enumerated().map { place, revision in
          try CodeCopy(
            of: revision, code: wishes.run.code, handler: handler, into: "\(folder.path)/code-\(place)")
        }
      } catch { throw Failure(description: "\(error)") }
      self.folder = folder
    } else {
      folder = nil
    }
    for (setting, wish) in wishes.settings(commit: copies.first?.commit ?? "") {
      var run = wishes.run
      run.function.memoryMB = setting.memoryMB
      run.compiledFiles = wish
      if wishes.revision != nil { run.copy = copies[setting.revision == nil ? 1 : 0] }
      let setup = try FunctionSetup(run, events: wishes.events)
      var setting = setting
      setting.tellsCompiledFiles = setup.settings.launch.keepsCompiledFiles
      settings.append(setting)
      setups.append(setup)
    }
    starts = settings.map { _ in [] }
    function =
      switch wishes.run.what {
      case .handler(let handler): handler
      case .command(let words): words.joined(separator: " ")
      case .example: "example"
      }
    notes = Self.machine()
    progress = ColdProgress(rounds: wishes.rounds, settings: settings.count)
  }

  /// The reason why no further round follows.
  package enum Ending {
    case done
    case signal(Int32)
    /// A cold start has failed; the rounds before it count.
    case failed(Failure)
  }

  /// Measures, until all rounds are done, a cold start fails, or a signal comes.
  package mutating func run(until signals: borrowing SignalDescriptor) throws -> Ending {
    defer { progress.end() }
    for round in 0...rounds {
      var measured: [Int: ColdStart] = [:]
      // A B, B A: the second of a round meets what the first has left behind as often as the other way round.
      let order = round % 2 == 0 ? Array(settings.indices) : settings.indices.reversed()
      for place in order {
        progress.show(round: round, medians: medians)
        do {
          let events = setups[place].events
          let event = try events[round % events.count].json()
          switch try ColdStartRun(setups[place]).measure(event, until: signals) {
          case .measured(let start): measured[place] = start
          case .ended(let signal): return .signal(signal)
          }
        } catch let failure as Failure {
          let name = settings[place].name
          return .failed(
            Failure(
              description: "a cold start of \(function) has failed"
                + (name.isEmpty ? "" : " (\(name))")
                + ", in \(round == 0 ? "the first round" : "round \(round) of \(rounds)"): \(failure)"))
        }
        progress.count()
      }
      // Only whole rounds count. The first one finds no file in memory, and writes Python's compiled files.
      guard round > 0 else { continue }
      for (place, start) in measured { starts[place].append(start) }
      done = round
    }
    return .done
  }

  /// The median length of each setting's init so far.
  private var medians: [(name: String, length: Nanoseconds)] {
    zip(settings, starts).compactMap { setting, starts in
      SortedLengths(starts.map(\.length)).median.map { (setting.name, $0) }
    }
  }

  /// The report of the rounds so far.
  package var report: ColdRoundsReport {
    ColdRoundsReport(
      function: function, rounds: done, wanted: rounds, settings: settings,
      starts: starts.map { ColdStarts($0) },
      notes: notes)
  }

  /// Remarks on other work of this machine.
  private static func machine() -> [String] {
    var loads = [0.0, 0, 0]
    let processors = Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    guard getloadavg(&loads, 1) == 1, loads[0] > processors / 4 else { return [] }
    let load = (loads[0] * 10).rounded() / 10
    return [
      "Other work ran on this machine when it began: a load of \(load) on \(Int(processors)) processors. "
        + "Small differences are harder to see."
    ]
  }
}
