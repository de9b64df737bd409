internal import LambdaEventFormats
internal import LambdaLifecycle
package import ScenarioFiles

/// The text of a scenario, read once, and the place from which its traces are read.
package struct ScenarioSource {
  private let name: String
  private let folder: String
  /// The text, as it was read.
  let bytes: [UInt8]

  /// Reads the text.
  /// - Parameter path: of a file; `-` is standard input.
  /// - Throws: `Failure` if it cannot be read.
  package init(_ path: String) throws {
    bytes = try readWholeFile(path == "-" ? "/dev/stdin" : path)
    name = path == "-" ? "standard input" : path
    folder = path == "-" ? "" : path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Reads the scenario from the text.
  /// - Throws: `Failure` with everything that is wrong, a line each.
  package func read(_ overrides: [Override]) throws -> ScenarioFile {
    do {
      var file = try ScenarioFile.read(bytes, name: name, overrides: overrides) { path in
        try readWholeFile(path.hasPrefix("/") ? path : folder + path)
      }
      if file.scenario.title.isEmpty { file.scenario.title = name }
      return file
    } catch {
      if isStream {
        throw Failure(
          description:
            "\(name) is a recording or a log, and no scenario in YAML. Use lanes play \(name) to look at it, or lanes"
            + " summary \(name) for its figures.")
      }
      throw Failure(description: error.description)
    }
  }

  /// True where its first lines are those of a recording or a log.
  private var isStream: Bool {
    var reader = StreamReader(format: nil)
    var log = EventLog()
    bytes.prefix(64 << 10).withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    return reader.format != nil
  }
}
