/// The reported code that ran in an environment's inits, in order of arrival.
///
/// It is bounded, because anybody may print such lines, at any time: what comes beyond is not kept.
package struct InitCode: TimedColumn, Sendable {
  /// Nothing in an init takes longer: whatever says so is somebody's text.
  package static let longest: Nanoseconds = .seconds(86_400)
  private static let mostLines = 10_000
  private static let mostPackages = 200
  private static let mostModules = 1_000
  private static let mostImports = 50_000

  package internal(set) var lines: [(time: Timestamp, line: LineTime, packages: [PackageTime])] = []
  package internal(set) var modules: [(time: Timestamp, module: ModuleTime)] = []
  /// The cost of each import, as Python itself reports it.
  package internal(set) var imports: [(time: Timestamp, cost: ImportTime)] = []

  /// There was no room for the statement that was reported last.
  private var hasRefusedLine = false

  /// Nothing is reported.
  package var isEmpty: Bool { lines.isEmpty && modules.isEmpty && imports.isEmpty }

  mutating func settle() {}

  mutating func removeAll(after time: Timestamp) { removeAll { $0 > time } }

  mutating func letGo(before horizon: Timestamp) { removeAll { $0 < horizon } }

  private mutating func removeAll(where isMeant: (Timestamp) -> Bool) {
    lines.removeAll { isMeant($0.time) }
    modules.removeAll { isMeant($0.time) }
    imports.removeAll { isMeant($0.time) }
  }

  /// - Returns: false where there is no room for it.
  mutating func add(_ kind: LifecycleEvent.Kind, at time: Timestamp) -> Bool {
    switch kind {
    case .imported(let cost) where imports.count < Self.mostImports: imports.append((time, cost))
    case .lineRan(let line):
      hasRefusedLine = lines.count >= Self.mostLines
      if hasRefusedLine { return false }
      lines.append((time, line, []))
    case .packageImported(let package):
      // It follows its statement: a line may be reported several times, and one that was refused has none.
      guard !hasRefusedLine, let last = lines.indices.last, lines[last].line.file == package.file,
        lines[last].line.line == package.line,
        lines[last].packages.count < Self.mostPackages
      else { return false }
      lines[last].packages.append(package)
    case .moduleImported(let module) where modules.count < Self.mostModules: modules.append((time, module))
    default: return false
    }
    return true
  }

  var reckonedBytes: Int {
    lines.reduce(lines.reckonedBytes) { $0 + $1.packages.reckonedBytes } + modules.reckonedBytes
      + imports.reckonedBytes
  }
}

extension Timeline {
  /// Something of the code of an init is reported.
  mutating func toldOfCode(_ event: LifecycleEvent) {
    guard event.environment != .none else {
      session.anomalies += 1
      return
    }
    guard let place = trackPlace(for: event) else { return }
    if !tracks[place].code.add(event.kind, at: event.time) { session.anomalies += 1 }
  }
}
