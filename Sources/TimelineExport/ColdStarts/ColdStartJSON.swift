internal import LambdaEventFormats
internal import LambdaLifecycle

/// The findings of `lanes cold`, for scripts: one object.
package struct ColdStartJSON {
  private static let quantiles: [(key: StaticString, percent: Double)] = [
    ("min", 0), ("p10", 10), ("p50", 50), ("p90", 90), ("max", 100),
  ]

  private let report: ColdRoundsReport

  package init(_ report: ColdRoundsReport) { self.report = report }

  package func text() -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("function", report.function)
    line.add("rounds", Int64(report.rounds))
    line.add("thrownAway", 1)
    line.add("settings", objects: report.settings.indices, add(setting:_:))
    line.add("comparisons", objects: report.pairs) { object, pair in
      let comparison = report.comparison(pair)
      object.add("a", Int64(pair.first))
      object.add("b", Int64(pair.second))
      object.add("mixesCompiledFiles", comparison.mixesCompiledFiles)
      object.add("parts", objects: comparison.rows, add(difference:_:))
    }
    line.add("notes", texts: report.notes)
    line.finish(into: &bytes)
    return bytes
  }

  private func add(setting object: inout JSONLine, _ place: Int) {
    let (setting, starts) = (report.settings[place], report.starts[place])
    object.add("name", setting.name)
    object.add("memoryMB", Int64(setting.memoryMB))
    object.addIfPresent("revision", setting.revision ?? "")
    object.addIfPresent("commit", setting.commit)
    object.add("coldStarts", Int64(starts.kept.count))
    object.add("leftOut", Int64(starts.others.count))
    switch setting.tellsCompiledFiles ? starts.compiledFiles : nil {
    case nil: object.addNull("compiledFiles")
    case .present: object.add("compiledFiles", "present")
    case .absent(let files):
      object.add("compiledFiles", "absent")
      object.add("compiled", Int64(files))
      if let median = starts.compiling.median { object.add("compilingMs", number: Self.text(median)) }
    }
    object.add("parts", objects: starts.parts) { object, part in
      add(name: &object, part.name)
      if part.line > 0 { object.add("line", Int64(part.line)) }
      object.add("isPart", part.isPart)
      object.add("depth", Int64(part.depth))
      object.add("told", Int64(part.told))
      let quantiles = part.quantiles
      object.add(
        "ms",
        object: { object in
          for (key, percent) in Self.quantiles {
            object.add(key, number: Self.text(quantiles.value(atPercent: percent) ?? 0))
          }
        })
    }
  }

  private func add(difference object: inout JSONLine, _ row: ColdStartDifference) {
    add(name: &object, row.name)
    if let shift = row.shift {
      object.add("changeMs", number: Self.text(shift.value))
      object.add("lowMs", number: Self.text(shift.low))
      object.add("highMs", number: Self.text(shift.high))
    }
    if let p = row.p { object.add("p", number: fixed(p, places: 6)) } else { object.addNull("p") }
    switch row.verdict {
    case .differs: object.add("verdict", "differs")
    case .tooFew: object.add("verdict", "tooFew")
    case .none(let need):
      object.add("verdict", "none")
      guard let need else { return }
      object.add(
        "need",
        object: { object in
          object.add("rounds", Int64(need.rounds))
          object.add("percent", Int64(need.percent))
        })
    }
  }

  private func add(name object: inout JSONLine, _ name: InitPartName) {
    object.addIfPresent("file", name.file)
    object.add("name", name.text)
    if name.occurrence > 0 { object.add("occurrence", Int64(name.occurrence + 1)) }
  }

  private static func text(_ length: Nanoseconds) -> String { fixed(Double(length) / 1_000_000, places: 3) }
}
