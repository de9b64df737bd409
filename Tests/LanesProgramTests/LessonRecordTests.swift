import Foundation
import LanesProgram
import SwimlaneUI
import TestSupport
import Testing

/// The record of lessons that is remembered.
@Suite struct LessonRecordTests {
  /// Goes through a lesson to its last step by the presenter's key.
  private func finish(_ show: ProgramShow) {
    for _ in 0..<100 where !show.screen.contains("The end of this lesson.") { show.press(.pageDown) }
    show.expect("The end of this lesson.")
  }

  @Test func aFinishedLessonHasATick() throws {
    let scratch = try Scratch()
    let path = scratch.file("state/lanes/lessons")
    let show = try ProgramShow(demo: "throttling", seed: nil, LessonRecord(path: path))
    #expect(try scratch.text("state/lanes/lessons") == "begun throttling\n")
    show.press("m")
    show.expectNo("finished")
    show.press(.escape)
    finish(show)
    show.expect("on to the next: Provisioned concurrency")
    show.press("m")
    show.expect(" ✓  9  Throttling", "✓ 1 of 13 finished")
    // The menu opens on the lesson that is on.
    show.press(.down, .enter)
    show.expect("Lesson 10 of 13")
    #expect(try scratch.text("state/lanes/lessons") == "finished throttling\nbegun provisioned-concurrency\n")
    try show.quit()

    // Another run of the program.
    let next = try ProgramShow(demo: "playground", seed: nil, opensMenu: true, LessonRecord(path: path))
    next.expect(" ✓  9  Throttling")
    next.press(.enter)
    next.expect("Lesson 10 of 13")
    try next.quit()
  }

  @Test func whatTwoProgramsFinishIsKept() throws {
    let scratch = try Scratch()
    let path = scratch.file("lessons")
    let shows = try ["throttling", "before-init"].map {
      try ProgramShow(demo: $0, seed: nil, LessonRecord(path: path))
    }
    for show in shows { finish(show) }
    let text = try scratch.text("lessons")
    #expect(text.contains("finished before-init\nfinished throttling\n"))
  }

  /// It is a tick in a menu: nothing of it is an error.
  @Test func aFileThatCannotBeUsedIsNoTick() throws {
    let scratch = try Scratch()
    try scratch.write([UInt8]((0..<200).map { UInt8($0) }), to: "bytes")
    try scratch.write("finished\nfinished \u{1B}[31m\nbegun nothing\nbegun\n\n".utf8, to: "odd")
    try scratch.write(Array(repeating: UInt8(ascii: "a"), count: 1 << 20), to: "long")
    mkfifo(scratch.file("pipe"), 0o600)
    symlink("/dev/null", scratch.file("device"))
    for path in ["/proc/nothing/lanes/lessons", scratch.file("odd/lanes/lessons"), scratch.path]
      + ["bytes", "odd", "long", "pipe", "device"].map(scratch.file)
    {
      let show = try ProgramShow(demo: "playground", seed: nil, opensMenu: true, LessonRecord(path: path))
      show.expect("Memory, CPU and cost")
      show.expectNo("finished", "✓")
      show.press(.enter)
      show.expect("Lesson 1 of 13")
      #expect(show.program.said == "")
      try show.quit()
    }
    // An entry that is no file has stayed as it was.
    var status = stat()
    #expect(lstat(scratch.file("pipe"), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(lstat(scratch.file("device"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }
}
