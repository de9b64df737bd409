package import LambdaLifecycle

extension InitTable.Row {
  /// What it is, in a few words.
  package func title(_ catalog: Catalog, _ source: SourceKind) -> String {
    switch kind {
    case .phase(let phase): source.title(of: phase)
    case .extensionInit(let name): catalog.text(name)
    case .process: "process"
    case .client: "runtime client"
    case .beforeLines: "process, client"
    case .line(let line):
      line.time.line == 0 ? catalog.text(line.time.file) : "\(catalog.text(line.time.file)):\(line.time.line)"
    case .otherLines(let count):
      count > 1 ? "\(count) other lines" : count == 1 ? "another line" : "short lines"
    case .package(let name): name
    case .mark(let mark): catalog.text(mark.name)
    case .running: "runs now"
    case .unfinished: "not ended"
    case .extensionsWait: "extensions"
    case .measuring: "measuring"
    case .unexplained: "not explained"
    }
  }

  /// What more is to be said of it; empty for nothing.
  package func words(_ catalog: Catalog) -> String {
    switch kind {
    case .phase, .extensionInit, .package: ""
    case .process: "until its first line of code"
    case .client: "until it imports the function"
    case .beforeLines: "until the function's first line"
    case .line(let line): Self.words(line, catalog)
    case .otherLines(let count): count > 0 ? "" : "too short to be told one by one"
    case .mark: "marked by the function"
    case .running(let line), .unfinished(let line):
      line.map { "what comes after \(catalog.text($0.file)):\($0.line)" } ?? "nothing has ended yet"
    case .extensionsWait: "the runtime is ready, and waits for them"
    case .measuring: "what telling this took, which is in no other figure"
    case .unexplained: "nobody tells it"
    }
  }

  /// The statement, and its imports by package.
  private static func words(_ line: InitParts.Line, _ catalog: Catalog) -> String {
    let imports = line.packages.filter { $0.length >= 100_000 }.map { package in
      if package.count > 1 || package.name == .none {
        return "\(package.count) more \(SwimlaneUI.text(ofLength: package.length))"
      }
      let name = "\(catalog.text(package.name)) \(SwimlaneUI.text(ofLength: package.length))"
      return package.importer == .none ? name : "\(name) by \(catalog.text(package.importer))"
    }
    let statement = catalog.text(line.time.text)
    return (statement.isEmpty ? [] : [statement]).joined()
      + (imports.isEmpty ? "" : "\(statement.isEmpty ? "" : "  ")<- \(imports.joined(separator: ", "))")
  }

  /// The phase whose colour it has; nil for none.
  package var phase: Phase? {
    switch kind {
    case .phase(let phase): phase
    case .extensionInit, .extensionsWait: .extensionInit
    case .process, .client, .beforeLines: .runtimeInit
    case .line, .package, .mark, .running, .unfinished: .functionInit
    case .otherLines, .measuring, .unexplained: nil
    }
  }
}
