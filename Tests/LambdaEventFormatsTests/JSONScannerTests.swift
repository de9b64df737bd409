import LambdaLifecycle
import Testing

@testable import LambdaEventFormats

@Suite struct JSONScannerTests {
  /// Runs `body` with a scanner over a text.
  private func scan<Result>(_ text: String, _ body: (inout JSONScanner) -> Result) -> Result {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      return body(&scanner)
    }
  }

  @Test(arguments: [
    (#""""#, ""), (#""abc""#, "abc"), (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
    (#""\u00e4\u20AC""#, "ä€"), (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d!""#, "\u{FFFD}!"),
    (#""\ude00""#, "\u{FFFD}"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""äöü € 😀 in plain""#, "äöü € 😀 in plain"),
    (#""12345678\"""#, "12345678\""),
  ])
  func stringsAreUnescaped(json: String, text: String) {
    let found = scan(json) { scanner in scanner.string().map { scanner.text($0) } }
    #expect(found == text)
  }

  @Test(arguments: [
    #"""#, #""abc"#, #""abcdefghijk"#, #""a\"#, #""a\x""#, #""\u12""#, #""\u12g4""#, "\"a\nb\"",
    "\"12345678\u{1}\"", "abc",
  ])
  func brokenStringsFail(json: String) {
    #expect(scan(json) { $0.string() == nil && $0.failed })
  }

  @Test(arguments: [
    ("0", 0, 0), ("-0", 6, 0), ("7", 6, 7_000_000), ("173.778", 6, 173_778_000), ("0.0000019", 6, 1),
    ("10000.487", 6, 10_000_487_000), ("-1.5", 9, -1_500_000_000), ("1e3", 0, 1_000), ("1.5E+2", 0, 150),
    ("5e-05", 9, 50_000), ("9223372036.854775807", 9, Int64.max), ("-9223372036.854775808", 9, Int64.min),
    ("1e-999999999999", 6, 0), ("0e999", 0, 0), ("0.000000000000000000000000000001", 9, 0),
  ])
  func numbersAreScaledExactly(json: String, scale: Int, value: Int64) {
    #expect(scan(json) { $0.number(scale: scale) } == value)
  }

  @Test(arguments: [
    "1e999", "9223372036.854775808", String(repeating: "9", count: 40), "1e19", "18446744073709551616",
  ])
  func numbersThatDoNotFitAreNoTrap(json: String) {
    let (value, failed) = scan(json) { ($0.number(scale: 9), $0.failed) }
    #expect(value == nil)
    #expect(!failed, "well-formed: only its value is missing")
  }

  @Test(arguments: ["", "-", "01", ".5", "1.", "1e", "1e+", "x", "--1"])
  func malformedNumbersFail(json: String) {
    #expect(scan(json) { $0.number(scale: 0) == nil && $0.failed })
  }

  @Test(arguments: [
    #"["]"]"#, #"{"a":"}"}"#, #"["\"]",[]]"#, #"["0123456789\\","]"]"#,
    #"[{"name":"x","start":"2022-08-02T12:01:23.521Z"}]"#,
    "{}", "[]", #"{"a":[1,{"b":"]}"}],"c":null}"#, "true", "false", "null", "-1.5e3", #""text""#,
    String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
  ])
  func valuesAreSkippedWhole(json: String) {
    #expect(
      scan(json + ",") { scanner in
        scanner.skipValue()
        return !scanner.failed && scanner.peek == UInt8(ascii: ",")
      })
  }

  @Test(arguments: [
    "{", "[", "[}", #"{"a":"#, #"["a"#, "tru", "nul,", "]",
    String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    String(repeating: "{\"a\":", count: 100_000),
  ])
  func brokenValuesFail(json: String) {
    #expect(
      scan(json) { scanner in
        scanner.skipValue()
        return scanner.failed
      })
  }

  @Test(arguments: [
    ("2022-10-21T14:05:03.165Z", 1_666_361_103_165_000_000), ("1970-01-01T00:00:00Z", 0),
    ("2024-02-29T23:59:59.9Z", 1_709_251_199_900_000_000),
    ("2026-11-23T03:06:28.123456789Z", 1_795_403_188_123_456_789),
    ("2026-11-23T03:06:28.586+00:00", 1_795_403_188_586_000_000),
    ("2026-11-23T05:06:28+02:00", 1_795_403_188_000_000_000),
  ])
  func timesAreRead(text: String, time: Timestamp) {
    var reader = ISO8601Reader()
    let found = Array(text.utf8).withUnsafeBytes { reader.timestamp($0, from: 0, to: $0.count) }
    #expect(found == time)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T03:06:28", "2026-11-23T03:06:28.", "2026-11-23T03:06:28.Z",
    "2026-13-23T03:06:28Z",
    "2026-02-29T03:06:28Z", "2026-11-23T24:06:28Z", "2026-11-23 03:06:28Z", "2022-08-02T12:01:23:521Z",
    "2026-11-23T03:06:28Zz",
    "9999-12-31T00:00:00Z", "1969-12-31T23:59:59.5Z", "2026-11-23T03:06:28.1+0000",
    "aaaa-aa-aaTaa:aa:aa.aaaZ",
  ])
  func othersAreNoTimes(text: String) {
    var reader = ISO8601Reader()
    let found = Array(text.utf8).withUnsafeBytes { reader.timestamp($0, from: 0, to: $0.count) }
    #expect(found == nil)
  }

  @Test func timesAreWrittenAsTheyAreRead() {
    var reader = ISO8601Reader()
    for time: Timestamp in [
      0, 1_795_403_188_586_000_000, 1_709_251_199_900_000_000, 951_782_400_000_000_001,
      7_289_654_399_999_999_999,
    ] {
      let text = CalendarDate.text(time)
      #expect(
        Array(text.utf8).withUnsafeBytes { reader.timestamp($0, from: 0, to: $0.count) } == time, "\(text)")
    }
    #expect(CalendarDate.text(1_795_403_188_586_000_000) == "2026-11-23T03:06:28.586Z")
  }

  @Test(arguments: [
    "459921b5-681c-4a96-beb0-81e0aa586026", "00000000-0000-0000-0000-000000000001",
    "fffffffe-ffff-ffff-ffff-ffffffffffff", "459921B5-681c-4a96-beb0-81e0aa586026",
    "459921b5-681c-4a96-beb0-81e0aa58602g",
    "459921b5-681c-4a96-beb0-81e0aa58602/", "459921b5-681c-4a96-beb0-81e0aa58602:",
    "459921b5-681c-4a96-beb0-81e0aa58602`",
    "459921b5x681c-4a96-beb0-81e0aa586026", "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-0000-000000000000",
    "459921b5-681c-4a96-beb0-81e0aa58602ä", "short",
  ])
  func uuidsAreReadAsTheVocabularyReadsThem(text: String) {
    let fast = Array(text.utf8).withUnsafeBytes { RequestID(fastUUID: $0, at: 0, end: $0.count) }
    #expect(fast == RequestID(uuid: text))
  }

  @Test func everyByteOfAUUIDIsChecked() {
    let text = Array("459921b5-681c-4a96-beb0-81e0aa586026".utf8)
    for place in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[place] = byte
        changed.withUnsafeBytes { #expect(RequestID(fastUUID: $0, at: 0, end: 36) == RequestID(uuid: $0)) }
      }
    }
  }
}
