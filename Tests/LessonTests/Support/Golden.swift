import Foundation
import SwimlaneUI
import Testing

/// Compares a frame's characters with Golden/NAME.txt. `UPDATE_GOLDEN=1` writes the file instead, and fails, so that
/// nobody forgets to look at it.
func expectScreen(_ name: String, _ frame: Frame, sourceLocation: SourceLocation = #_sourceLocation) throws {
  try expectGolden(name, frame.text + "\n", sourceLocation: sourceLocation)
}

/// The same for any text.
func expectGolden(_ name: String, _ found: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden/\(name).txt")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try Data(found.utf8).write(to: url)
    Issue.record("golden text written, look at it: \(name)", sourceLocation: sourceLocation)
    return
  }
  guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
    Issue.record("there is no Golden/\(name).txt; UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
    return
  }
  guard found != expected else { return }
  let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
  for (row, pair) in zip(lines(found), lines(expected)).enumerated() where pair.0 != pair.1 {
    Issue.record(
      "\(name), row \(row)\nexpected \(pair.1)\nfound    \(pair.0)", sourceLocation: sourceLocation)
    return
  }
  Issue.record("\(name): the number of rows differs", sourceLocation: sourceLocation)
}
