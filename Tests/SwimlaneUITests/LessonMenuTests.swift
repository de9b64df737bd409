import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("The menu of lessons")
struct LessonMenuTests {
  private func show(_ loss: Loss? = nil, isFirstScreen: Bool = false) -> Show {
    var show = Show()
    show.lessons = [LessonEntry(title: "First", about: "one"), LessonEntry(title: "Second", about: "two")]
    switch loss {
    case .unsaved: show.perform(.request(.normal))
    case .recording: show.screen.surroundings.isRecorded = true
    case nil: break
    }
    show.viewer.openMenu(isFirstScreen: isFirstScreen)
    return show
  }

  @Test("q closes it where a session is beneath; on the first screen it quits")
  func quit() {
    var above = show()
    #expect(above.type("q") == [])
    #expect(!above.viewer.showsMenu)
    var first = show(isFirstScreen: true)
    #expect(first.type("q") == [.program(.quit)])
    for isFirstScreen in [false, true] {
      var interrupted = show(isFirstScreen: isFirstScreen)
      #expect(interrupted.press(.interrupt) == [.program(.quit)])
    }
  }

  @Test(
    "m opens it on the lesson that is on; lessons that were gone through have a tick",
    arguments: [false, true])
  func ticks(ascii: Bool) {
    var show = Show(ascii: ascii)
    show.lessons = [LessonEntry(title: "First", about: "one"), LessonEntry(title: "Second", about: "two")]
    show.screen.surroundings.lesson = 1
    show.type("m")
    #expect(!show.frame(80, 24).text.contains("finished"))
    show.lessons[0].isFinished = true
    let tick = ascii ? "x" : "✓"
    let lines = show.frame(80, 24).text.split(separator: "\n").map(String.init)
    #expect(lines[1].contains("Lessons  \(tick) 1 of 2 finished"))
    #expect(lines.contains { $0.hasPrefix(" \(tick)  1  First") })
    #expect(lines.contains { $0.hasPrefix("    2  Second") })
    #expect(show.press(.enter) == [.program(.startLesson(1))])
  }

  @Test("nothing to lose: a lesson begins at once")
  func nothingToLose() {
    var show = show()
    #expect(show.press(.down, .enter) == [.program(.startLesson(1))])
    #expect(!show.viewer.showsMenu)
  }

  @Test("what is not saved is asked for, once")
  func unsaved() {
    var show = show(.unsaved)
    #expect(show.press(.down, .enter) == [])
    let screen = show.frame(80, 24).text
    #expect(screen.contains("This session is not saved:   enter  goes on   w  saves it   esc  stays"))
    #expect(show.press(.enter) == [.program(.startLesson(1))])
  }

  @Test("esc and q stay, w saves")
  func stays() {
    for key in [Key.escape, .character("q")] {
      var show = show(.unsaved)
      #expect(show.press(.enter, key) == [])
      #expect(!show.viewer.showsMenu)
    }
    var saving = show(.unsaved)
    saving.press(.enter, .character("w"))
    #expect(!saving.viewer.showsMenu)
    #expect(saving.type("a.yaml") == [])
    #expect(saving.press(.enter) == [.program(.save("a.yaml"))])
  }

  @Test("a recording that would end is said to")
  func recording() {
    var show = show(.recording)
    #expect(show.press(.enter) == [])
    #expect(
      show.frame(80, 24).text.contains("The recording ends with this session:   enter  goes on   esc  stays"))
    // Everything is in the file: there is nothing to save.
    #expect(show.press(.character("w"), .enter) == [.program(.startLesson(0))])
  }
}
