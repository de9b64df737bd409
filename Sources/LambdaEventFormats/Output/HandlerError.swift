internal import LambdaLifecycle

/// Recognises, line by line, the text that a runtime client itself prints when the handler has failed: in
/// text logs nothing else reports it.
///
/// The lines of a function's logger look alike and are none of it: `[ERROR]⇥TIME⇥ID`, console.error,
/// LogError. Sources: the runtime interface clients of AWS for Python (bootstrap.py), Node.js (LogPatch.js,
/// Errors.js), Java (UserFault.java), .NET (LambdaBootstrap.cs), Ruby (aws_lambda_ric.rb), Go
/// (invoke_loop.go) and Rust (layers/panic.rs).
struct HandlerError: Sendable {
  /// A handler that failed, or the loading of its module.
  struct Failure: Equatable, Sendable {
    /// The type of the exception; empty where the line has none.
    var type: String
    /// The request that the line names; empty for the one under way.
    var request = ""

    /// The runtime goes on with the next request. An error that it calls `Runtime.…` is its own end, but for
    /// one of reading or writing a value.
    var isSurvived: Bool {
      !type.hasPrefix("Runtime.") || type.hasSuffix("MarshalError") || type.hasSuffix("UnmarshalError")
        || type == "Runtime.NodeJsExit"
    }
  }

  /// The meaning of a line.
  enum Saying: Equatable, Sendable {
    case failed(Failure)
    /// The failure reported last was none: a logger wrote it.
    case takenBack
  }

  /// The text that the line before may have begun.
  private enum Begun: Sendable {
    case nothing
    /// `[ERROR] TYPE: TEXT`, before its traceback; lines of the text may lie between.
    case python(type: String, lines: Int)
    /// The traceback behind it. A logger's ends with the exception, the client's has that in front.
    case traceback
    /// `TEXT: CLASS`, before `CLASS: TEXT`.
    case java([UInt8])
    /// `TIME⇥ID⇥fail⇥CLASS: TEXT`, before a frame of the client's.
    case dotNet(Failure)
    /// The sentence before an object.
    case ruby
  }

  private var begun = Begun.nothing

  private static let longestText = 4_096
  private static let linesOfText = 20

  /// Reads a line of a function's output, or a record of several lines.
  mutating func read(_ text: UnsafeRawBufferPointer) -> Saying? {
    // Over a pipe, clients of Python and Node.js write carriage returns for the line ends of a record.
    guard text.firstIndex(ofByte: 0x0D, from: 0) != nil || text.firstIndex(ofByte: 0x0A, from: 0) != nil
    else {
      return read(line: text)
    }
    if case .ruby = begun, let failure = HandlerError.ruby(text) { return .failed(failure) }
    var found: Saying?
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let said = read(line: UnsafeRawBufferPointer(rebasing: line))
      if said == .takenBack, found != nil { found = nil } else { found = said ?? found }
    }
    return found
  }

  private mutating func read(line: UnsafeRawBufferPointer) -> Saying? {
    // A record may have blank lines in it, and tools put some behind it.
    if line.isEmpty { return nil }
    let before = begun
    begun = .nothing
    switch before {
    case .nothing: break
    case .python(let type, let lines):
      if line.hasPrefix("Traceback (most recent call last):") {
        begun = .traceback
        return .failed(Failure(type: type))
      }
      if lines < Self.linesOfText { begun = .python(type: type, lines: lines + 1) }
    case .traceback:
      // The client's frames begin with blanks that do not break.
      if line.first == 0x20 {
        begun = .traceback
        return nil
      }
      if HandlerError.isException(line) { return .takenBack }
    case .java(let first):
      if let type = first.withUnsafeBytes({ HandlerError.java($0, line) }) {
        return .failed(Failure(type: type))
      }
    case .dotNet(let failure):
      if line.firstIndex(of: "at Amazon.Lambda.RuntimeSupport.") != nil { return .failed(failure) }
      if line.first == 0x20 { begun = before }
    case .ruby:
      if let failure = HandlerError.ruby(line) { return .failed(failure) }
      if line.first == UInt8(ascii: "{") || line.first == 0x20 { begun = .ruby }
    }
    return begin(line)
  }

  private mutating func begin(_ line: UnsafeRawBufferPointer) -> Saying? {
    guard let first = line.first, line.count <= 1 << 20 else { return nil }
    switch first {
    case UInt8(ascii: "["):
      guard let type = HandlerError.pythonType(line) else { break }
      // A table has its messages on one line.
      if line.firstIndex(of: " Traceback (most recent call last):") != nil {
        return .failed(Failure(type: type))
      }
      begun = .python(type: type, lines: 0)
      return nil
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "E"), UInt8(ascii: "C"), UInt8(ascii: "I"):
      if let failure = HandlerError.node(line) ?? HandlerError.go(line) ?? HandlerError.rust(line) {
        return .failed(failure)
      }
      if let failure = HandlerError.dotNet(line) {
        if line.firstIndex(of: " at Amazon.Lambda.RuntimeSupport.") != nil { return .failed(failure) }
        begun = .dotNet(failure)
        return nil
      }
      if HandlerError.isRuby(line) {
        begun = .ruby
        return nil
      }
    default: break
    }
    guard line.count <= Self.longestText else { return nil }
    if HandlerError.javaClass(line) != nil {
      begun = .java(Array(line))
    } else if let type = HandlerError.javaOnOneLine(line) {
      return .failed(Failure(type: type))
    }
    return nil
  }

  // MARK: Python

  /// The type of `[ERROR] TYPE: TEXT`; a logger writes a tab behind the bracket.
  private static func pythonType(_ line: UnsafeRawBufferPointer) -> String? {
    guard line.hasPrefix("[ERROR] ") else { return nil }
    var end = 8
    while end < line.count, line[end].isOfName { end += 1 }
    guard end > 8, end == line.count || line.hasPrefix(": ", at: end) else { return nil }
    return line.slice(8, end).text
  }

  /// `ValueError: no such order`: the last line of an exception's traceback.
  private static func isException(_ line: UnsafeRawBufferPointer) -> Bool {
    var end = 0
    while end < line.count, line[end].isOfName { end += 1 }
    guard end > 0, end == line.count || line.hasPrefix(":", at: end) else { return false }
    return line.slice(0, end).firstIndex(of: "Error") != nil
      || line.slice(0, end).firstIndex(of: "Exception") != nil
      || line.hasPrefix(": ", at: end)
  }

  // MARK: Node.js

  /// `TIME⇥ID⇥ERROR⇥Invoke Error ⇥{"errorType":"TypeError",…}`. A tracer may write something in brackets before the words.
  private static func node(_ line: UnsafeRawBufferPointer) -> Failure? {
    var place = 0
    var request = UnsafeRawBufferPointer(start: nil, count: 0)
    if !line.hasPrefix("ERROR") {
      let id = line.skipBlanks(from: line.wordEnd(from: 0))
      request = line.slice(id, line.wordEnd(from: id))
      place = line.skipBlanks(from: id + request.count)
    }
    guard line.hasPrefix("ERROR", at: place) else { return nil }
    place = line.skipBlanks(from: place + 5)
    if place < line.count, line[place] == UInt8(ascii: "["),
      let bracket = line.firstIndex(of: "]", from: place)
    {
      place = line.skipBlanks(from: bracket + 1)
    }
    let words: [StaticString] = ["Invoke Error", "Uncaught Exception", "Unhandled Promise Rejection"]
    guard let word = words.first(where: { line.hasPrefix($0, at: place) }) else { return nil }
    let object = line.skipBlanks(from: place + word.utf8CodeUnitCount)
    guard line.hasPrefix("{\"errorType\"", at: object) || line.hasPrefix("{ \"errorType\"", at: object),
      let type = errorType(of: line.slice(from: object))
    else { return nil }
    let isID = request.count == 36
    return Failure(type: type, request: isID ? request.text : "")
  }

  // MARK: Java

  /// The class of `TEXT: CLASS`: a name with dots behind the last colon.
  private static func javaClass(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let space = line.lastIndex(of: 0x20), space > 1, line[space - 1] == UInt8(ascii: ":"),
      space + 1 < line.count
    else { return nil }
    let name = line.slice(from: space + 1)
    let isName = name.allSatisfy { $0.isOfName || $0 == UInt8(ascii: "$") }
    return isName && name.contains(UInt8(ascii: ".")) ? name : nil
  }

  /// The class, if the second line is the first one's, turned around: that is how the client writes an exception, before
  /// its stack trace.
  private static func java(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> String? {
    guard let name = javaClass(first) else { return nil }
    let words = first.slice(0, first.count - name.count - 2)
    guard second.count >= name.count, second.slice(0, name.count).elementsEqual(name) else { return nil }
    let rest = second.slice(from: name.count)
    let isSame =
      rest.isEmpty
      ? words.elementsEqual(name) : rest.hasPrefix(": ") && rest.slice(from: 2).elementsEqual(words)
    // `Error loading class X: TEXT` stands before the words of the class itself.
    let isLoading = rest.hasPrefix(": ") && words.hasPrefix("Error loading class ")
    return isSame || isLoading ? name.text : nil
  }

  /// `TEXT: CLASS CLASS: TEXT at …`, as a table has it: the class stands twice, and so does the text.
  private static func javaOnOneLine(_ line: UnsafeRawBufferPointer) -> String? {
    var place = 0
    while let colon = line.firstIndex(ofByte: UInt8(ascii: ":"), from: place) {
      place = colon + 1
      guard line.hasPrefix(" ", at: place) else { continue }
      let end = line.wordEnd(from: place + 1)
      let first = line.slice(0, end)
      guard javaClass(first) != nil, let frames = line.firstIndex(of: " at ", from: end) else { continue }
      let second = line.slice(line.skipBlanks(from: end), frames).withoutTrailingBlanks
      if let type = java(first, second) { return type }
    }
    return nil
  }

  // MARK: .NET

  /// `TIME⇥ID⇥fail⇥CLASS: TEXT`, which a caught exception that the function logs looks like too.
  private static func dotNet(_ line: UnsafeRawBufferPointer) -> Failure? {
    // In init no request is named.
    let id = line.skipBlanks(from: line.wordEnd(from: 0))
    let word = line.hasPrefix("fail", at: id) ? id : line.skipBlanks(from: line.wordEnd(from: id))
    guard line.hasPrefix("fail", at: word) else { return nil }
    let start = line.skipBlanks(from: word + 4)
    var end = start
    while end < line.count, line[end].isOfName || line[end] == UInt8(ascii: "`") { end += 1 }
    guard start > word + 4, end > start, end == line.count || line.hasPrefix(":", at: end) else { return nil }
    return Failure(type: line.slice(start, end).text)
  }

  // MARK: Ruby

  private static func isRuby(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("Error raised from handler method") || line.hasPrefix("Critical exception from handler")
      || line.hasPrefix("Init error when loading handler")
  }

  /// The type in the object behind the sentence: `"errorType": "Function<TypeError>"`, on one line or several.
  private static func ruby(_ text: UnsafeRawBufferPointer) -> Failure? {
    guard let key = text.firstIndex(of: "\"errorType\"") else { return nil }
    for kind in ["Function<", "Init<", "Runtime<"] as [StaticString] {
      guard let start = text.firstIndex(of: kind, from: key) else { continue }
      let begin = start + kind.utf8CodeUnitCount
      guard let end = text.firstIndex(of: ">\"", from: begin) else { continue }
      return Failure(type: text.slice(begin, end).text)
    }
    return nil
  }

  // MARK: Go, Rust

  /// `2026/03/02 08:00:00 {"errorMessage":"…","errorType":"errorString"}`
  private static func go(_ line: UnsafeRawBufferPointer) -> Failure? {
    guard line.count > 40, line[4] == UInt8(ascii: "/"), line[7] == UInt8(ascii: "/"),
      line.hasPrefix("{\"errorMessage\":", at: 20) || line.hasPrefix("{\"errorMessage\":", at: 27)
    else { return nil }
    let start = line.firstIndex(ofByte: UInt8(ascii: "{"), from: 20) ?? 20
    return errorType(of: line.slice(from: start)).map { Failure(type: $0) }
  }

  /// `ERROR Lambda runtime invoke{requestId="…"}: user handler panicked`: a logger's line may look like an
  /// error of the handler.
  private static func rust(_ line: UnsafeRawBufferPointer) -> Failure? {
    guard line.firstIndex(of: "ERROR Lambda runtime invoke{") != nil else { return nil }
    let isClients =
      line.firstIndex(of: "}: user handler panicked") != nil
      || line.firstIndex(of: "}: Request payload deserialization into LambdaEvent<") != nil
    return isClients ? Failure(type: "") : nil
  }
}

extension UInt8 {
  /// A letter, a digit, `_` or `.`.
  fileprivate var isOfName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
