/// A form of input that is none of ours and that we know by its first line, with advice.
enum ForeignForm: CaseIterable {
  case awsError, accessLog, playback, trace, archive, page, document, cloudTrail, json, binary

  /// The form that a line has; nil for an unknown one.
  init?(_ line: String) {
    let text = String(line.drop { $0.isWhitespace || $0 == "\u{FEFF}" })
    guard let form = ForeignForm.allCases.first(where: { $0.fits(text) }) else { return nil }
    self = form
  }

  private func fits(_ text: String) -> Bool {
    func begins(_ words: String...) -> Bool { words.contains { text.hasPrefix($0) } }
    return switch self {
    case .awsError:
      begins(
        "An error occurred (", "Unable to locate credentials", "usage: aws", "aws: error",
        "Could not connect to")
        || text.contains("when calling the ") || text.contains("Error loading SSO Token")
    case .accessLog: text.contains(" HTTP/1.") || text.contains(" HTTP/2") || text.contains(" HTTP/3")
    case .playback: begins("{\"version\": 2, \"width\"", "{\"version\":2,\"width\"")
    case .trace: begins("{\"traceEvents\"", "{\"displayTimeUnit\"", "{\"resourceSpans\"")
    case .archive: begins("PK\u{3}\u{4}", "BZh", "\u{FFFD}7zXZ", "(\u{FFFD}/\u{FFFD}", "7z\u{FFFD}")
    case .page: begins("<!DOCTYPE", "<!doctype", "<html", "<svg")
    case .document: begins("<?xml", "%PDF")
    case .cloudTrail: begins("{\"Records\"")
    case .json: begins("{", "[{")
    case .binary: text.unicodeScalars.contains { $0 == "\u{FFFD}" || $0.value == 0 }
    }
  }

  /// Its name for people.
  var name: String {
    switch self {
    case .awsError: "an error of the AWS CLI"
    case .accessLog: "the access log of a web server"
    case .playback: "a playback of asciinema"
    case .trace: "a trace, as lanes export writes one"
    case .archive: "a packed file"
    case .page: "a page or a picture"
    case .document: "a document"
    case .cloudTrail: "a file of CloudTrail"
    case .json: "JSON of somebody else"
    case .binary: "binary data"
    }
  }

  /// Advice on it; nil where that is the same as for any.
  var advice: String? {
    switch self {
    case .awsError: "Mend what it says, and try again."
    case .playback, .trace: "Name the recording that it was made of."
    case .archive: "Unpack it first; only gzip is unpacked here."
    case .accessLog, .page, .document, .cloudTrail, .json, .binary: nil
    }
  }
}
