internal import Glibc
internal import NIOCore
internal import TestSupport
internal import Testing

@testable internal import LambdaEmulator

/// Programs that tests start.
enum Programs {
  static let lanes =
    getenv("LANES_PROGRAM").map { String(cString: $0) } ?? Repository.path(".build/debug/lanes")
  static let python = access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3"
  static func path(_ name: String) -> String {
    Repository.path("Tests/LambdaEmulatorTests/Sandbox/Programs/\(name)")
  }
  /// Runs the words that follow as an ordinary user; nothing where we are one.
  static let ordinary =
    getuid() == 0 ? ["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : []
}

/// A sandbox to be tried: who it belongs to, how its processes are kept together and how they are frozen.
struct Kind: Sendable, CustomTestStringConvertible {
  var isOrdinary = false
  var mayUseNamespace = true
  var freezing = Freezing.signals

  var testDescription: String {
    "\(isOrdinary ? "ordinary user" : "us"), \(mayUseNamespace ? "namespace" : "subreaper"), \(freezing.note)"
  }

  func settings(_ group: ControlGroup? = nil) -> SandboxSettings {
    SandboxSettings(
      program: (isOrdinary ? Programs.ordinary : []) + [Programs.lanes], freezing: freezing,
      controlGroup: group, mayUseNamespace: mayUseNamespace)
  }

  /// With signals; only the machine decides if a namespace is to be had.
  static let all = [
    Kind(), Kind(mayUseNamespace: false), Kind(isOrdinary: true),
    Kind(isOrdinary: true, mayUseNamespace: false),
  ]
}

/// A function with a thread, a child and a daemon, each of which counts.
struct Zoo {
  let file: String

  init(_ scratch: Scratch, _ name: String = "counters") throws {
    file = try scratch.write([], to: name)
    chmod(scratch.path, 0o777)
    chmod(file, 0o666)
  }

  /// - Parameter chain: true for a process, too, that goes on in a child all the time.
  func arguments(chain: Bool = false) -> [String] {
    [Programs.python, Programs.path("zoo.py"), file] + (chain ? ["chain"] : [])
  }

  /// The counts of main thread, thread, child and daemon so far.
  var counts: [UInt64] {
    guard let file = fopen(file, "r") else { return [] }
    defer { fclose(file) }
    var counts = [UInt64](repeating: 0, count: 4)
    let read = fread(&counts, 8, 4, file)
    return Array(counts[..<read])
  }

  /// Waits until all count.
  func waitUntilAllRun() throws {
    let start = counts
    try eventually("all count: \(counts)") {
      let now = counts
      return now.count == 4 && now.indices.allSatisfy { now[$0] > ($0 < start.count ? start[$0] : 0) }
    }
  }

  /// Nobody counts for a while.
  var standsStill: Bool {
    let before = counts
    usleep(60_000)
    return counts == before
  }
}

/// Living processes that descend from a supervisor, itself among them.
func living(_ mark: UInt64) -> [Int32] { Leftovers.processes(with: mark) }
