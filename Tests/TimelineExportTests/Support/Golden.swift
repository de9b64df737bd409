import Foundation
import Testing

/// Compares with Golden/NAME. `UPDATE_GOLDEN=1` writes the file instead, and fails, so that nobody forgets to read it.
func expectGolden(_ name: String, _ found: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden/\(name)")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try Data(found.utf8).write(to: url)
    Issue.record("golden text written, read it: \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  guard found != expected else { return }
  let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
  for (line, pair) in zip(lines(found), lines(expected)).enumerated() where pair.0 != pair.1 {
    Issue.record(
      "\(name), line \(line + 1)\nexpected \(pair.1)\nfound    \(pair.0)", sourceLocation: sourceLocation)
    return
  }
  Issue.record("\(name): the number of lines differs", sourceLocation: sourceLocation)
}
