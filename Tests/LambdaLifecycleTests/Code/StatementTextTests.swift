import Testing

@testable import LambdaLifecycle

/// The part of a statement that others may see.
@Suite struct StatementTextTests {
  @Test(
    "literals, long numbers and comments are left out",
    arguments: [
      (#"s3 = boto3.client("s3")"#, "app.py", #"s3 = boto3.client("…")"#),
      (#"KEY = 'a\'b' + "c" # the old one"#, "app.py", #"KEY = '…' + "…""#),
      (#"x = """one"""#, "app.py", #"x = """…"#),
      (#"x = f"{a}" + r'\d' + b"""#, "app.py", #"x = f"…" + r'…' + b"""#),
      ("x = ''", "app.py", "x = ''"),
      ("pin = 123456; n = 1234; h2o_12345 = 0xdeadbeef", "app.py", "pin = …; n = 1234; h2o_12345 = …"),
      (#"const t = `key ${x}` // secret"#, "app.js", "const t = `…`"),
      (
        #"const { a } = require("pkg"), b = f("x");"#, "app.js", #"const { a } = require("pkg"), b = f("…");"#
      ),
      (#"import x from "pkg";"#, "app.mjs", #"import x from "pkg";"#),
      (#"const n = a / b / c;"#, "app.js", "const n = a / b / c;"),
      ("n = a // b", "app.py", "n = a // b"),
      // A quotation mark in a regular expression begins nothing.
      (#"a = x.replace(/'/g, "").split('secret')"#, "app.js", #"a = x.replace(/…/g, "").split('…')"#),
      (#"const r = /[/"]\/x/.test(y) ? "a" : 'b'"#, "app.js", #"const r = /…/.test(y) ? "…" : '…'"#),
      (#"const r = /it's"#, "app.js", "const r = /…"),
      (#"x = "\"#, "app.py", #"x = "…"#),
      ("", "app.py", ""),
    ])
  func shown(text: String, file: String, shown: String) {
    #expect(StatementText.withoutLiterals(text, of: file) == shown)
  }

  @Test("short numbers too, where it is a name")
  func numbers() {
    let text = "time.sleep(0.12); x1 = 5"
    #expect(
      StatementText.withoutLiterals(text, of: "app.py", keepsShortNumbers: false) == "time.sleep(…); x1 = …")
  }
}
