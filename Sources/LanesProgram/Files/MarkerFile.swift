internal import Glibc
internal import LambdaEventFormats
internal import LambdaLifecycle

/// The markers that somebody sets while a recording is played, in a recording of their own beside it: the recording
/// stays as it was.
package struct MarkerFile {
  /// The path of the file, which may not be there yet.
  let path: String

  /// - Parameter recording: the file that is played.
  init(of recording: String) { path = recording + ".marks.jsonl" }

  /// Adds a marker. Each is written with a header of its own, so that nothing of the file has to be known.
  /// - Returns: the failure in words; empty where there is none.
  func add(_ marker: LifecycleEvent, from log: EventLog) -> String {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return "cannot write to \(path): \(String(cString: strerror(errno)))" }
    defer { close(descriptor) }
    // Markers have no figures: those of the recording begin where they did.
    let moment = SessionPart(origin: marker.time, begin: marker.time, end: marker.time)
    var encoder = RecordingEncoder(origin: marker.time, source: .native, part: moment)
    var bytes = encoder.header()
    encoder.encode(marker, from: log, into: &bytes)
    let error = writeAll(bytes, to: descriptor)
    return error == 0 ? "" : "cannot write to \(path): \(String(cString: strerror(error)))"
  }
}
