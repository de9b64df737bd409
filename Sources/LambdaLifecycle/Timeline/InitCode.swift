/// What is told of the code that ran in an environment's inits, in order of arrival.
///
/// It is bounded, because anybody may print such lines, at any time: what comes beyond is not kept.
package struct InitCode: Sendable {
  private static let mostLines = 10_000
  private static let mostPackages = 200
  private static let mostModules = 1_000
  private static let mostImports = 50_000

  package internal(set) var lines: [(time: Timestamp, line: LineTime, packages: [PackageTime])] = []
  package internal(set) var modules: [(time: Timestamp, module: ModuleTime)] = []
  /// What each import has cost, as Python itself tells it.
  package internal(set) var imports: [(time: Timestamp, cost: ImportTime)] = []

  /// Nothing is told.
  package var isEmpty: Bool { lines.isEmpty && modules.isEmpty && imports.isEmpty }

  mutating func removeAll(where isMeant: (Timestamp) -> Bool) {
    lines.removeAll { isMeant($0.time) }
    modules.removeAll { isMeant($0.time) }
    imports.removeAll { isMeant($0.time) }
  }

  /// - Returns: false where there is no room for it.
  mutating func add(_ kind: LifecycleEvent.Kind, at time: Timestamp) -> Bool {
    switch kind {
    case .imported(let cost) where imports.count < Self.mostImports: imports.append((time, cost))
    case .lineRan(let line) where lines.count < Self.mostLines: lines.append((time, line, []))
    case .packageImported(let package):
      // It follows its statement: a line may be told several times.
      let place = lines.lastIndex { $0.line.file == package.file && $0.line.line == package.line }
      guard let place, lines[place].packages.count < Self.mostPackages else { return false }
      lines[place].packages.append(package)
    case .moduleImported(let module) where modules.count < Self.mostModules: modules.append((time, module))
    default: return false
    }
    return true
  }

  /// What of it was told in that stretch.
  func told(in stretch: Range<Timestamp>) -> InitCode {
    var part = InitCode()
    part.lines = lines.filter { stretch.contains($0.time) }
    part.modules = modules.filter { stretch.contains($0.time) }
    part.imports = imports.filter { stretch.contains($0.time) }
    return part
  }

  var reckonedBytes: Int {
    lines.reduce(lines.reckonedBytes) { $0 + $1.packages.reckonedBytes } + modules.reckonedBytes
      + imports.reckonedBytes
  }
}

extension Timeline {
  /// Something of the code of an init is told.
  mutating func toldOfCode(_ event: LifecycleEvent) {
    guard event.environment != .none else {
      anomalies += 1
      return
    }
    let index = trackIndex(for: event)
    guard index >= 0 else { return }
    if !tracks[index].code.add(event.kind, at: event.time) { anomalies += 1 }
  }
}
