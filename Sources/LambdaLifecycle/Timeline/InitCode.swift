/// What is told of the code that ran in an environment's inits, in order of arrival.
package struct InitCode: Sendable {
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

  /// To the statement that it belongs to, which was told before it: a line may be told several times.
  mutating func add(_ package: PackageTime) {
    let place = lines.lastIndex { $0.line.file == package.file && $0.line.line == package.line }
    if let place { lines[place].packages.append(package) }
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
    switch event.kind {
    case .imported(let cost): tracks[index].code.imports.append((event.time, cost))
    case .lineRan(let line): tracks[index].code.lines.append((event.time, line, []))
    case .packageImported(let package): tracks[index].code.add(package)
    case .moduleImported(let module): tracks[index].code.modules.append((event.time, module))
    default: break
    }
  }
}
