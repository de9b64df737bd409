import Foundation
import Testing

/// Compares with Fixtures/golden/NAME.txt. `UPDATE_GOLDEN=DIRECTORY` writes the found text into it instead,
/// and fails, so that nobody forgets to read it.
func expectGolden(_ found: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  if let directory = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] {
    try Data(found.utf8).write(to: URL(fileURLWithPath: directory).appendingPathComponent(name + ".txt"))
    Issue.record("golden text written, read it: \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = try Fixture.text("golden/\(name).txt")
  let found = found.split(separator: "\n", omittingEmptySubsequences: false)
  let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for (index, pair) in zip(found, lines).enumerated() where pair.0 != pair.1 {
    Issue.record(
      "\(name), line \(index + 1): expected \(pair.1), found \(pair.0)", sourceLocation: sourceLocation)
    return
  }
  #expect(found.count == lines.count, "\(name): number of lines", sourceLocation: sourceLocation)
}
