package import CursesTerminal
package import EventSources
package import LambdaEventFormats
package import LambdaLifecycle

/// Recordings that are opened to be played, and the markers beside them.
package struct OpenedRecordings {
  /// The session that is read from them.
  package private(set) var session = Session(reading: .native, live: false, start: 0)
  /// The files being read.
  package let inputs: Inputs
  /// Their names together.
  package let name: String
  /// The file for new markers; nil where there is none.
  package let markers: MarkerFile?

  /// Opens files and begins to read.
  /// - Parameters:
  ///   - files: their paths; `-` is standard input.
  ///   - format: their format; nil to find out from their lines.
  ///   - follow: they are read on as they grow.
  /// - Throws: `SourceError`.
  package init(_ files: [String], from format: StreamFormat? = nil, follow: Bool = false) throws {
    inputs = try Inputs(format: format)
    for file in files {
      try inputs.start(file: file, follow: follow, tellsArrival: false, in: &session.log)
    }
    name = inputs.inputs.map(\.status.name).joined(separator: ", ")
    let beside = files.filter { $0 != "-" }.map { MarkerFile(of: $0) }
    for file in beside where fileExists(file.path) {
      try inputs.start(
        file: file.path, follow: false, tellsArrival: false, format: .recording, in: &session.log)
    }
    markers = beside.first
  }

  /// Reads a little ahead: no screen is opened for files that we do not understand.
  /// - Throws: `Failure` of an input that is not understood; `ProgramEnd` at a signal.
  package mutating func readAhead(until signals: borrowing SignalDescriptor) throws {
    try inputs.readAhead(into: &session.log, until: signals)
  }
}
