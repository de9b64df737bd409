import Testing

@testable import LambdaEmulator

@Suite struct PercentEncodingTests {
  @Test(
    "Two hexadecimal digits are a byte, anything else stands for itself",
    arguments: [
      ("a%3Ab", "a:b"), ("%c3%A9", "é"), ("10%+5", "10%+5"), ("%5", "%5"), ("%", "%"), ("%-1", "%-1"),
      ("%zz%41", "%zzA"), ("a+b", "a+b"), ("", ""),
    ])
  func texts(text: String, expected: String) {
    #expect(String(decoding: PercentEncoding.bytes(of: text[...]), as: UTF8.self) == expected)
  }

  @Test("In what is asked of a path a plus sign is a space")
  func plus() {
    #expect(String(decoding: PercentEncoding.bytes(of: "a+b%2B", plusIsSpace: true), as: UTF8.self) == "a b+")
  }
}
