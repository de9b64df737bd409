/// A usual way to make an init shorter, with what it costs here.
package struct InitHint: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// So many modules were compiled, because they have no compiled files.
    case compiling(files: Int32)
    /// A package is imported for one name.
    case oneName(package: String, name: String)
    /// A client is made that a statement before has made already.
    case madeTwice(text: String, before: LinePlace)
    /// An import from a package that no other line of the function's own modules names.
    case unused(name: String)
  }

  /// A statement's file and line.
  package struct LinePlace: Equatable, Sendable {
    package var file: String
    package var line: Int32
  }

  package var kind: Kind
  /// nil for all of init.
  package var place: LinePlace?
  package var cost: Nanoseconds

  /// A shorter time is not worth a word.
  private static let least: Nanoseconds = .milliseconds(5)
  /// So many statements are looked at, the longest.
  private static let most = 50

  /// The hints on an init, the one that costs most first.
  /// - Parameter files: the lines of all of the function's own modules, by name, where they are at hand: without them nobody
  ///   knows what is used.
  package static func hints(
    on parts: InitParts, _ catalog: Catalog, files: [String: [String]] = [:], at time: Timestamp
  ) -> [InitHint] {
    var hints: [InitHint] = []
    if let module = parts.module, module.compiling >= least, module.compiling >= parts.length(at: time) / 20 {
      hints.append(InitHint(kind: .compiling(files: module.compiledFiles), cost: module.compiling))
    }
    var made: [String: LinePlace] = [:]
    let longest = parts.lines.map(\.time.length).sorted(by: >).dropFirst(most - 1).first ?? 0
    for line in parts.lines where line.time.line > 0 && line.time.length >= longest {
      let statement = Statement(catalog.text(line.time.text))
      let place = LinePlace(file: catalog.text(line.time.file), line: line.time.line)
      func add(_ kind: Kind) { hints.append(InitHint(kind: kind, place: place, cost: line.time.length)) }
      if let call = statement.clientCall {
        if let before = made[call], line.time.length >= .milliseconds(1) {
          add(.madeTwice(text: call, before: before))
        } else {
          made[call] = made[call] ?? place
        }
      }
      // A module of the function's own may be imported for what it does.
      guard line.time.length >= least, let package = statement.package,
        line.packages.contains(where: { $0.name.isPackage(package, catalog) })
      else { continue }
      if let name = statement.imported.first, statement.imported.count == 1, isUnused(name, place, files) {
        add(.unused(name: name))
      } else if let name = statement.soleName, line.time.length >= 4 * least {
        add(.oneName(package: package, name: name))
      }
    }
    return hints.sorted { $0.cost > $1.cost }
  }

  /// No other line of the function's own modules has the word.
  private static func isUnused(_ name: String, _ place: LinePlace, _ files: [String: [String]]) -> Bool {
    guard files[place.file] != nil else { return false }
    let name = Array(name.utf8)
    return !files.contains { file, lines in
      lines.enumerated().contains { number, line in
        (file != place.file || number != Int(place.line) - 1) && line.hasWord(name)
      }
    }
  }
}

extension Name {
  fileprivate func isPackage(_ name: String, _ catalog: Catalog) -> Bool {
    self != .none && catalog.text(self) == name
  }
}

extension String {
  /// A name with nothing of a name around it, byte by byte: whole files are gone through.
  fileprivate func hasWord(_ name: [UInt8]) -> Bool {
    var line = self
    return line.withUTF8 { text in
      guard let first = name.first, text.count >= name.count else { return false }
      for start in 0...(text.count - name.count) where text[start] == first {
        guard name.indices.allSatisfy({ text[start + $0] == name[$0] }) else { continue }
        let end = start + name.count
        let isPartOfOther = start > 0 && text[start - 1].isOfName || end < text.count && text[end].isOfName
        if !isPartOfOther { return true }
      }
      return false
    }
  }
}

extension UInt8 {
  /// A byte of an identifier, also one beyond ASCII.
  fileprivate var isOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
