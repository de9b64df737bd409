package import LambdaLifecycle

extension InitTable.Row {
  /// The name of the row, in a few words.
  package func title(_ catalog: Catalog, _ source: SourceKind) -> String {
    switch kind {
    case .phase(let phase): source.title(of: phase)
    case .extensionInit(let name): catalog.text(name)
    case .process: "process"
    case .client: "runtime client"
    case .beforeLines: "process, client"
    case .line(let line):
      line.time.line == 0 ? catalog.text(line.time.file) : "\(catalog.text(line.time.file)):\(line.time.line)"
    case .shortLines: "short lines"
    case .others(let count): count == 1 ? "another" : "\(count) others"
    case .package(let name): name
    case .mark(let mark): catalog.text(mark.name)
    case .running: "runs now"
    case .unfinished: "not ended"
    case .extensionsWait: "extensions"
    case .measuring: "measuring"
    case .unexplained: length < 0 ? "told twice" : "not explained"
    }
  }

  /// More to be said of it; empty for nothing.
  /// - Parameter isForOthers: it leaves this screen, so that literals which were read from files here are left out.
  package func words(_ catalog: Catalog, isForOthers: Bool = false) -> String {
    switch kind {
    case .phase(.initialization): "its parts are not told apart"
    case .phase: ""
    case .package: "imported"
    case .extensionInit: "until it was ready"
    case .process: "until its first line of code"
    case .client: "until it imports the function"
    case .beforeLines: "until the function's first line"
    case .line(let line):
      (hasFailed ? "raised: " : "") + Self.words(line, catalog, isForOthers: isForOthers)
    case .shortLines: "too short to be told one by one"
    case .others: "J and K go through all of them"
    case .mark: "marked by the function"
    case .running(let line), .unfinished(let line): Self.place(behind: line, catalog)
    case .extensionsWait: "the runtime is ready, and waits for them"
    case .measuring: "what telling this took, which is in no other figure"
    case .unexplained: length < 0 ? "parts that lie in each other" : "nobody tells it"
    }
  }

  private static func place(behind line: LineTime?, _ catalog: Catalog) -> String {
    guard let line else { return "nothing has ended yet" }
    let file = catalog.text(line.file)
    return line.line == 0 ? "\(file) has begun" : "what comes after \(file):\(line.line)"
  }

  /// The statement, and its imports by package.
  private static func words(_ line: InitParts.Line, _ catalog: Catalog, isForOthers: Bool) -> String {
    let imports = line.packages.filter { $0.length >= 100_000 }.map { package in
      let length = SwimlaneUI.text(ofLength: package.length)
      if package.count > 1 || package.name == .none { return "\(package.count) more \(length)" }
      let name = "\(catalog.text(package.name)) \(length)"
      return package.importer == .none ? name : "\(name) by \(catalog.text(package.importer))"
    }
    let statement = isForOthers ? catalog.textForOthers(of: line.time) : catalog.text(line.time.text)
    let arrow = imports.isEmpty ? "" : "<- \(imports.joined(separator: ", "))"
    return [statement, arrow].filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

extension InitTable.Row {
  /// The phase whose colour it has; nil for none.
  var phase: Phase? {
    switch kind {
    case .phase(let phase): phase
    case .extensionInit, .extensionsWait: .extensionInit
    case .process, .client, .beforeLines: .runtimeInit
    case .line, .package, .mark, .running, .unfinished: .functionInit
    case .shortLines, .others, .measuring, .unexplained: nil
    }
  }
}
