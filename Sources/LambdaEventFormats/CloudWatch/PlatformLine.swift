internal import LambdaLifecycle

/// A line that Lambda itself writes to a function's log in text format. Between its fields stand tabs, in a copy from the
/// console spaces.
enum PlatformLine {
  case initStart(runtime: UnsafeRawBufferPointer)
  case restoreStart(runtime: UnsafeRawBufferPointer)
  case initReport(PlatformReport)
  case restoreReport(PlatformReport)
  case start(UnsafeRawBufferPointer)
  case end(UnsafeRawBufferPointer)
  case report(UnsafeRawBufferPointer, ReportFields)
  case extensionState(
    name: UnsafeRawBufferPointer, state: UnsafeRawBufferPointer, errorType: UnsafeRawBufferPointer)
  /// `LOGS`, `TELEMETRY`, `XRAY`: understood, and nothing that the lanes show.
  case other
  /// The older style: `TIME ID Task timed out after 45.05 seconds`.
  case timedOut(UnsafeRawBufferPointer)
  /// The older style: `RequestId: ID Error: …`; the error's type is the next line.
  case fault(UnsafeRawBufferPointer, PlatformFault)

  /// nil for a line of another writer.
  @inline(__always)
  init?(_ text: UnsafeRawBufferPointer) {
    guard let first = text.first else { return nil }
    switch first {
    case UInt8(ascii: "S"):
      guard text.hasPrefix("START RequestId: ") else { return nil }
      let id = text.slice(17, text.wordEnd(from: 17))
      guard !id.isEmpty, text.hasPrefix("Version: ", at: text.skipBlanks(from: 17 &+ id.count)) else {
        return nil
      }
      self = .start(id)
    case UInt8(ascii: "E") where text.hasPrefix("END RequestId: "):
      let id = text.slice(15, text.wordEnd(from: 15))
      guard !id.isEmpty, text.skipBlanks(from: 15 &+ id.count) == text.count else { return nil }
      self = .end(id)
    case UInt8(ascii: "R") where text.hasPrefix("REPORT RequestId: "):
      let id = text.slice(18, text.wordEnd(from: 18))
      let fields = ReportFields(text, from: 18 &+ id.count)
      guard !id.isEmpty, fields.isComplete else { return nil }
      self = .report(id, fields)
    case UInt8(ascii: "I"), UInt8(ascii: "R"), UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "T"),
      UInt8(ascii: "X"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      self.init(rare: text)
    default: return nil
    }
  }

  private init?(rare text: UnsafeRawBufferPointer) {
    if text.hasPrefix("INIT_START Runtime Version: ") {
      self = .initStart(runtime: text.slice(28, text.wordEnd(from: 28)))
    } else if text.hasPrefix("RESTORE_START Runtime Version: ") {
      self = .restoreStart(runtime: text.slice(31, text.wordEnd(from: 31)))
    } else if text.hasPrefix("INIT_REPORT Init Duration: ") {
      self = .initReport(PlatformReport(text, lengthAt: 27))
    } else if text.hasPrefix("RESTORE_REPORT Restore Duration: ") {
      self = .restoreReport(PlatformReport(text, lengthAt: 33))
    } else if text.isLabel("EXTENSION") {
      guard let name = text.value(of: "Name: ", upTo: "State: "), let state = text.word(of: "State: ") else {
        return nil
      }
      self = .extensionState(
        name: name, state: state, errorType: text.word(of: "Error Type: ") ?? text.slice(0, 0))
    } else if text.isLabel("LOGS") || text.isLabel("TELEMETRY") || text.hasPrefix("XRAY TraceId: ") {
      self = .other
    } else if text.hasPrefix("RequestId: "), let words = text.words(ofFaultAt: text.wordEnd(from: 11)) {
      self = .fault(
        text.slice(11, text.wordEnd(from: 11)), PlatformFault(words))
    } else {
      let id = text.wordEnd(from: 0) + 1
      guard text.hasPrefix("Task timed out after ", at: text.wordEnd(from: id) + 1) else { return nil }
      self = .timedOut(text.slice(id, text.wordEnd(from: id)))
    }
  }

  /// The line cannot come from an emulator, which writes START, END and REPORT too.
  var isLambdasAlone: Bool {
    switch self {
    case .initStart, .restoreStart, .initReport, .restoreReport, .extensionState, .fault, .timedOut: true
    case .report(_, let fields):
      // The emulator gives the memory configured as the memory used, its Init Duration first, and nothing behind.
      !fields.initComesFirst
        && (fields.report.maxMemoryUsedMB != fields.report.memoryMB || fields.report.initDuration >= 0
          || fields.report.restoreDuration >= 0 || fields.report.outcome != .none)
    case .start, .end, .other: false
    }
  }
}

/// A failure in the words of the older style.
struct PlatformFault {
  /// For want of memory, where all of it was used.
  var wasKilled: Bool
  /// Given where it stands on the same line, as in a table; else empty.
  var errorType: UnsafeRawBufferPointer

  init(_ words: UnsafeRawBufferPointer) {
    wasKilled = words.firstIndex(of: "signal: killed") != nil
    let text = words.withoutTrailingBlanks
    let last = text.slice(from: (text.lastIndex(of: 0x20) ?? -1) + 1)
    errorType = last.isErrorType ? last : text.slice(0, 0)
  }
}

/// INIT_REPORT or RESTORE_REPORT.
struct PlatformReport {
  var duration: Nanoseconds
  /// Only a failure is always given.
  var outcome: Outcome
  var errorType: UnsafeRawBufferPointer
  /// `Phase: invoke`: the init ran inside an invocation.
  var isSuppressed: Bool

  init(_ text: UnsafeRawBufferPointer, lengthAt start: Int) {
    duration = ReportFields.milliseconds(text.slice(start, text.wordEnd(from: start))) ?? -1
    outcome = text.word(of: "Status: ").map { Outcome(status: $0) } ?? .success
    errorType = text.word(of: "Error Type: ") ?? text.slice(0, 0)
    isSuppressed = text.word(of: "Phase: ")?.elementsEqual("invoke".utf8) ?? false
  }
}

extension UnsafeRawBufferPointer {
  /// `Runtime.ExitError`: the end of a fault's line.
  var isErrorType: Bool {
    guard hasPrefix("Runtime.") || hasPrefix("Function.") || hasPrefix("Extension.") || hasPrefix("Sandbox.")
    else { return false }
    return wordEnd(from: 0) == withoutTrailingBlanks.count
  }

  /// True if the line begins with that word, a tab or space, and `Name: `.
  fileprivate func isLabel(_ word: StaticString) -> Bool {
    guard hasPrefix(word) else { return false }
    let end = word.utf8CodeUnitCount
    let name = skipBlanks(from: end)
    return name > end && hasPrefix("Name: ", at: name)
  }

  /// The words of a fault behind the request's id; nil where the line is no fault.
  fileprivate func words(ofFaultAt place: Int) -> UnsafeRawBufferPointer? {
    let start = skipBlanks(from: place)
    if hasPrefix("Error: ", at: start) { return slice(from: start + 7) }
    return hasPrefix("Process exited before completing request", at: start) ? slice(from: start) : nil
  }

  /// The word behind a label.
  fileprivate func word(of label: StaticString) -> UnsafeRawBufferPointer? {
    guard let start = firstIndex(of: label) else { return nil }
    let value = start + label.utf8CodeUnitCount
    return slice(value, wordEnd(from: value))
  }

  /// The text between two labels, which may contain spaces.
  fileprivate func value(of label: StaticString, upTo next: StaticString) -> UnsafeRawBufferPointer? {
    guard let start = firstIndex(of: label), let end = firstIndex(of: next, from: start) else { return nil }
    return slice(start + label.utf8CodeUnitCount, end).withoutTrailingBlanks
  }
}
