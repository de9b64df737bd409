import Foundation
import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite("The heading of a scenario, read without the rest")
struct ScenarioHeadingTests {
  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  @Test("it is that of the whole file, for each lesson")
  func lessons() throws {
    let folder = Self.root.appendingPathComponent("demos/lessons")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(names.count >= 13)
    for name in names {
      let bytes = try Array(Data(contentsOf: folder.appendingPathComponent(name)))
      let lesson = try ScenarioFile.read(bytes, name: name) { throw NoTrace(name: $0) }.lesson
      let heading = try ScenarioHeading(of: bytes, name: name)
      #expect(heading.title == lesson.title && heading.about == lesson.about && !heading.title.isEmpty)
    }
  }

  private func heading(_ yaml: String) throws -> [String] {
    let heading = try ScenarioHeading(of: Array(yaml.utf8), name: "a.yaml")
    return [heading.title, heading.about]
  }

  @Test("wherever the two stand, and whatever stands before them")
  func anywhere() throws {
    #expect(try heading("title: A\nabout: b\n") == ["A", "b"])
    #expect(
      try heading("functions: {title: no, about: [title, about]}\nabout: 'b: c'\ntitle: A") == ["A", "b: c"])
    #expect(
      try heading("steps: [{title: no}, title]\nseed: 1\ntitle: \"A\\tB\"\nabout: |\n  b\n") == [
        "A\tB", "b\n",
      ])
    #expect(try heading("seed: title\nabout: b") == ["", "b"])
    #expect(try heading("") == ["", ""])
    #expect(try heading("- title\n- A") == ["", ""])
  }

  @Test("what follows them is not read; a mistake before them is said with its place")
  func mistakes() throws {
    #expect(try heading("title: A\nabout: b\nfunctions: {f: [") == ["A", "b"])
    #expect {
      try heading("title: A\nfunctions: {f: [}\nabout: b")
    } throws: {
      "\($0)".contains("a.yaml:2:")
    }
  }
}
