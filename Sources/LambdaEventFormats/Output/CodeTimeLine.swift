internal import LambdaLifecycle

/// A line of a hook about the code that ran in init (docs/why.md).
enum CodeTimeLine: Equatable {
  /// `line app.py:6 89.4 ms at 137.2 ms s3 = boto3.client("s3") <- boto3 0.8, s3transfer 0.2 by boto3`
  case line(Statement)
  /// `init app.py 192.5 ms, lines 192.5; before it: process 10.8, runtime 22.0; compiled 12 files 80.1 ms; lanes 0.7`
  case module(Module)

  struct Statement: Equatable {
    var file: String
    var line: Int32
    var length: Nanoseconds
    /// -1 where the line has none.
    var begin: Nanoseconds = -1
    /// Empty where the line has none.
    var text = ""
    var packages: [Package] = []
  }

  struct Package: Equatable {
    /// Empty for `count` of them together.
    var name: String
    var length: Nanoseconds
    var importer = ""
    var count: Int32 = 1
  }

  struct Module: Equatable {
    var file: String
    var length: Nanoseconds
    var process: Nanoseconds = -1
    var client: Nanoseconds = -1
    var compiledFiles: Int32 = 0
    var compiling: Nanoseconds = -1
    var measuring: Nanoseconds = -1
  }

  /// Longer texts of statements are cut.
  private static let maximumText = 120

  /// Reads the text behind `lanes: `; nil if it is no such line: a mark may have any name.
  init?(_ text: String) {
    // Whatever acts on a terminal is none of it.
    let text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 })).trimmed
    if text.hasPrefix("line "), let statement = Self.statement(text.dropFirst(5)) {
      self = .line(statement)
    } else if text.hasPrefix("init "), let module = Self.module(text.dropFirst(5)) {
      self = .module(module)
    } else {
      return nil
    }
  }

  // MARK: Lines

  private static func statement(_ text: Substring) -> Statement? {
    // A file's name may have colons and blanks in it: the place is the first that is followed by a length.
    var search = text.startIndex
    while let colon = text[search...].firstIndex(of: ":") {
      search = text.index(after: colon)
      var rest = text[search...]
      guard let line = takeCount(&rest), takeBlank(&rest), let length = takeMilliseconds(&rest) else {
        continue
      }
      guard !text[..<colon].isEmpty else { return nil }
      var statement = Statement(file: String(text[..<colon]), line: line, length: length)
      var behind = rest
      if takeBlank(&behind), behind.hasPrefix("at ") {
        behind = behind.dropFirst(3)
        if let begin = takeMilliseconds(&behind) {
          statement.begin = begin
          rest = behind
        }
      }
      guard rest.isEmpty || rest.first == " " else { continue }
      (statement.text, statement.packages) = divide(rest.drop { $0 == " " })
      return statement
    }
    return nil
  }

  /// The text of a statement, and the packages behind it. The text may have an arrow in it, too: the last one
  /// with nothing but packages behind it counts.
  private static func divide(_ rest: Substring) -> (String, [Package]) {
    var arrow = rest.endIndex
    while let found = rest[..<arrow].lastRange(of: "<- ") {
      let isApart = found.lowerBound == rest.startIndex || rest[..<found.lowerBound].hasSuffix(" ")
      if isApart, let packages = packages(rest[found.upperBound...]) {
        return (shortened(rest[..<found.lowerBound]), packages)
      }
      arrow = found.lowerBound
    }
    return (shortened(rest), [])
  }

  private static func shortened(_ text: Substring) -> String {
    String(String(text).trimmed.prefix(maximumText))
  }

  /// `botocore 28.0 by boto3, Python 47.9, 2 more 2.2`.
  private static func packages(_ text: Substring) -> [Package]? {
    var all: [Package] = []
    for part in text.split(separator: ", ", omittingEmptySubsequences: false) {
      var words = part
      var importer = ""
      if let by = words.lastRange(of: " by "), !words[by.upperBound...].isEmpty {
        importer = String(words[by.upperBound...])
        words = words[..<by.lowerBound]
      }
      guard let blank = words.lastIndex(of: " ") else { return nil }
      var number = words[words.index(after: blank)...]
      guard let length = takeNumber(&number), number.isEmpty, blank > words.startIndex else { return nil }
      let name = words[..<blank]
      if name.hasSuffix(" more"), importer.isEmpty, let count = Int32(name.dropLast(5)), count > 0 {
        // Of a single one nobody has said the name.
        all.append(Package(name: count == 1 ? "1 more" : "", length: length, count: count))
      } else {
        all.append(Package(name: String(name), length: length, importer: importer))
      }
    }
    return all
  }

  // MARK: The module

  private static func module(_ text: Substring) -> Module? {
    // A file's name may have blanks in it, and the unit: the length is the first number with the unit behind it.
    var search = text.startIndex
    var found: (file: Substring, length: Nanoseconds, rest: Substring)?
    while found == nil, let blank = text[search...].firstIndex(of: " ") {
      search = text.index(after: blank)
      var rest = text[search...]
      guard blank > text.startIndex, let length = takeMilliseconds(&rest),
        rest.isEmpty || ",; ".contains(rest[rest.startIndex])
      else { continue }
      found = (text[..<blank], length, rest)
    }
    guard let (file, length, rest) = found else { return nil }
    var module = Module(file: String(file), length: length)
    for part in rest.split(whereSeparator: { ";,:".contains($0) }) {
      let words = part.split(separator: " ")
      guard let name = words.first, words.count > 1 else { continue }
      var value = words[words.last == "ms" ? words.count - 2 : words.count - 1]
      guard let length = takeNumber(&value), value.isEmpty else { continue }
      switch name {
      case "process": module.process = length
      case "runtime": module.client = length
      case "lanes": module.measuring = length
      case "compiled":
        guard let files = Int32(words[1]), files >= 0 else { continue }
        module.compiledFiles = files
        module.compiling = length
      default: break
      }
    }
    return module
  }

  // MARK: Words

  private static func takeBlank(_ text: inout Substring) -> Bool {
    guard text.first == " " else { return false }
    text = text.dropFirst()
    return true
  }

  private static func takeCount(_ text: inout Substring) -> Int32? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int32(digits) else { return nil }
    text = text.dropFirst(digits.count)
    return value
  }

  private static func takeMilliseconds(_ text: inout Substring) -> Nanoseconds? {
    var rest = text
    guard let value = takeNumber(&rest), rest.hasPrefix(" ms") else { return nil }
    text = rest.dropFirst(3)
    return value
  }

  /// A number of milliseconds with decimals.
  private static func takeNumber(_ text: inout Substring) -> Nanoseconds? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard digits.first != ".", let value = Double(digits), value < 1e12 else { return nil }
    let length = Nanoseconds((value * 1e6).rounded())
    guard length <= InitCode.longest else { return nil }
    text = text.dropFirst(digits.count)
    return length
  }
}

extension Substring {
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    var start = endIndex
    while start > startIndex {
      start = index(before: start)
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
    }
    return nil
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
