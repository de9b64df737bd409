/// The prefixes of a line, outermost first: GitHub Actions may show the log of docker compose, which shows
/// the container's time.
struct PrefixShape: Equatable, Sendable {
  private(set) var parts: [LinePrefix]

  /// True if a line names its writer.
  var tellsNames: Bool { parts.contains(where: \.tellsName) }

  /// More than this are not looked for.
  private static let maximumParts = 3

  /// The shape of a line of which the rest is in that format, or in any that is known; nil for a line that says nothing by
  /// being cut.
  ///
  /// As much is cut as can be: the stamp of the Runtime Interface Emulator is found anywhere in a line.
  static func deciding(
    _ line: UnsafeRawBufferPointer, for format: StreamFormat?
  ) -> PrefixShape? {
    var (parts, end) = ([LinePrefix](), 0)
    while parts.count < maximumParts, let (part, found) = LinePrefix.first(in: line, at: end) {
      parts.append(part)
      end = found.end
    }
    guard !parts.isEmpty, StreamFormat.recognize(line.slice(from: end), as: format) != nil else { return nil }
    return PrefixShape(parts: parts)
  }

  /// True if a line begins with any prefix.
  static func begins(_ line: UnsafeRawBufferPointer) -> Bool { LinePrefix.first(in: line, at: 0) != nil }

  /// A line without its prefixes. One that has only the first of them loses those.
  struct Cut {
    var rest: UnsafeRawBufferPointer
    /// The writer of the line, as each prefix names it; empty where none does.
    var names: [UInt8]
  }

  func cut(_ line: UnsafeRawBufferPointer) -> Cut {
    var cut = Cut(rest: line, names: [])
    var end = 0
    for part in parts {
      guard let found = part.find(in: line, at: end) else { break }
      if !found.name.isEmpty {
        if !cut.names.isEmpty { cut.names.append(UInt8(ascii: "/")) }
        cut.names.append(contentsOf: found.name)
      }
      end = found.end
    }
    cut.rest = line.slice(from: end)
    return cut
  }
}

extension LinePrefix {
  fileprivate static func first(
    in line: UnsafeRawBufferPointer, at start: Int
  ) -> (LinePrefix, Found)? {
    // Most lines begin with none.
    guard start < line.count, line[start] != UInt8(ascii: "{") else { return nil }
    for part in allCases {
      guard let found = part.find(in: line, at: start) else { continue }
      // A table of CloudWatch has bars too, and is the better guess.
      if part == .service, TableLog(line.slice(from: start)) != nil { continue }
      return (part, found)
    }
    return nil
  }
}
