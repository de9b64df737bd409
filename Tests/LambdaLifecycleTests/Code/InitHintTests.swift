import TestSupport
import Testing

@testable import LambdaLifecycle

/// The hints on what usually helps, each with its figure and only where it is one.
@Suite struct InitHintTests {
  private var code = CodeLog()

  private func hints(_ files: [String: [String]] = [:]) throws -> [String] {
    let parts = try #require(code.timeline.tracks[0].latestInit(at: .seconds(1)))
    return InitHint.hints(on: parts, code.log.catalog, files: files, at: .seconds(1)).map { hint in
      let place = hint.place.map { " \($0.file):\($0.line)" } ?? ""
      let cost = "\(hint.cost / 1_000_000) ms"
      switch hint.kind {
      case .compiling(let files): return "compiling \(files) \(cost)"
      case .oneName(let package, let name): return "one \(package) \(name)\(place) \(cost)"
      case .madeTwice(let text, let before): return "twice \(text) \(before.line)\(place) \(cost)"
      case .unused(let name): return "unused \(name)\(place) \(cost)"
      }
    }
  }

  @Test("compiled modules count from a twentieth of the init on")
  mutating func compiling() throws {
    code.begin()
    code.module("app.py", 100, compiling: 60, files: 12)
    code.end(170)
    #expect(try hints() == ["compiling 12 60 ms"])
    code = CodeLog()
    code.begin()
    code.module("app.py", 100, compiling: 6, files: 2)
    code.end(170)
    #expect(try hints() == [])
  }

  @Test(
    "one name of a package that costs; two of them, or one that comes from elsewhere, are none",
    arguments: [
      ("from pandas import DataFrame", "pandas", ["one pandas DataFrame app.py:3 40 ms"]),
      ("from pandas.core.frame import DataFrame as D", "pandas", ["one pandas DataFrame app.py:3 40 ms"]),
      ("from pandas import DataFrame, Series", "pandas", []),
      ("from pandas import (", "pandas", []), ("from pandas import *", "pandas", []),
      ("import pandas", "pandas", []), ("from store import table", "store.py", []),
      ("from pandas import DataFrame", "store.py", []),
    ])
  mutating func oneName(text: String, package: String, expected: [String]) throws {
    code.begin()
    code.line("app.py", 3, text, from: 40, 40, [(package, 38)])
    code.end(170)
    #expect(try hints() == expected)
  }

  @Test("the same client twice, but not two that look alike because their literals were left out")
  mutating func twice() throws {
    code.begin()
    code.line("app.py", 3, #"a = boto3.client("s3")"#, from: 40, 30)
    code.line("app.py", 5, #"b = boto3.client("s3")  # again"#, from: 70, 9)
    code.line("app.py", 7, #"c = boto3.client("sqs")"#, from: 80, 9)
    code.line("app.py", 8, #"d = boto3.client("…")"#, from: 90, 3)
    code.line("app.py", 9, #"e = boto3.client("…")"#, from: 95, 3)
    code.end(170)
    #expect(try hints() == [#"twice boto3.client("s3") 3 app.py:5 9 ms"#])
  }

  @Test(
    "what is imported of a package and no other line names is unused, where the files are at hand",
    arguments: [
      (
        "import pandas as pd", "pandas", ["import pandas as pd", "def f(): return 1"],
        ["unused pd app.py:1 20 ms"]
      ),
      ("import pandas as pd", "pandas", ["import pandas as pd", "def f(): return pd.x"], []),
      (
        "import pandas as pd", "pandas", ["import pandas as pd", "def f(): return xpd + pdx"],
        ["unused pd app.py:1 20 ms"]
      ),
      ("import os.path", "os", ["import os.path"], ["unused os app.py:1 20 ms"]),
      (
        #"const t = require("big");"#, "big", [#"const t = require("big");"#, "exports.x = t2"],
        ["unused t app.py:1 20 ms"]
      ),
      // Made, used elsewhere, or imported for what it does: nobody knows.
      ("handler = make()", "pandas", ["handler = make()"], []),
      ("const end = now(); while (now() < end) {}", "pandas", [""], []),
      ("import sidefx", "sidefx.py", ["import sidefx"], []),
      ("import a, b", "a", ["import a, b"], []),
    ])
  mutating func unused(text: String, package: String, lines: [String], expected: [String]) throws {
    code.begin()
    code.line("app.py", 1, text, from: 40, 20, [(package, 18)])
    code.end(170)
    #expect(try hints(["app.py": lines]) == expected)
    #expect(try hints().filter { $0.hasPrefix("unused") } == [])
    // Another module of the function's own may use it.
    let all = ["app.py": lines, "other.py": ["from app import pd, t, os"]]
    #expect(try hints(all).filter { $0.hasPrefix("unused") } == [])
  }
}
