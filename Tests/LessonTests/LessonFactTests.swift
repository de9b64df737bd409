import LambdaLifecycle
import ScenarioFiles
import Testing

/// The statements of the lessons on Lambda, with the page of AWS's documentation, or the code, that says so.
@Suite("The lessons say what is true")
struct LessonFactTests {
  struct Fact: Sendable, CustomTestStringConvertible {
    var lesson: String
    /// The section of the lifecycle that it belongs to, and who says so.
    var section: String
    var says: String
    /// A text that would be false, or would be said without a source.
    var never: String
    var testDescription: String { "\(lesson): \(section)" }
  }

  private static let facts = [
    Fact(
      lesson: "failures",
      section: "Invoke phase: an exception is no failure of the lifecycle, the process lives on",
      says: "its process lives on, with the same connection and a count of 2", never: "memory is as it was"),
    Fact(
      lesson: "failures", section: "Error types: troubleshooting-invocation page",
      says: "with Runtime.OutOfMemory",
      never: "Running out of memory ends the same way"),
    Fact(
      lesson: "before-init", section: "Init phase, sub-phases: Extensions API page",
      says: "AWS's extensions page counts create and download as part of Init", never: "come before init"),
    Fact(
      lesson: "before-init", section: "Init phase, what is logged: nobody says what Init Duration leaves out",
      says: "this simulation leaves create and download out of it", never: "the time before init is not in it"
    ),
    Fact(
      lesson: "before-init", section: "Limits: quotas page",
      says: "A zip package may have 250 MB unzipped, with at most 5 layers; a container image 10 GB",
      never: "Up to 250 MB unzipped are allowed"),
    Fact(
      lesson: "before-init", section: "Changed settings: not documented",
      says: "That they are gone at once is this simulation's choice", never: "observed"),
    Fact(
      lesson: "memory", section: "Changed settings: not documented",
      says: "That it is gone at once is this simulation's choice", never: "observed"),
    Fact(
      lesson: "cold-start",
      section: "Shutdown phase: AWS's graceful-shutdown sample, shutdown.go of the emulator",
      says: "as AWS's sample and emulator have it where an extension is registered",
      never: "The runtime got SIGTERM, because"),
    Fact(
      lesson: "extensions",
      section: "Shutdown phase, the runtime's share: documentation of 2022, shutdown.go",
      says: "Its share is 300 ms here, as AWS wrote in 2022; in AWS's emulator it is 600 ms",
      never: "because an extension is registered"),
    Fact(
      lesson: "throttling", section: "Concurrency, scaling, throttling: concurrency page",
      says: "so twelve were accepted",
      never: "were served"),
    Fact(
      lesson: "snapstart", section: "SnapStart: SnapStart page",
      says: "It excludes provisioned concurrency, EFS and more than 512 MB of /tmp",
      never: "for versions only"),
    Fact(
      lesson: "snapstart", section: "SnapStart: SnapStart page",
      says: "is for published versions and aliases",
      never: "for versions only"),
    Fact(
      lesson: "slow-init",
      section: "Init phase, the 10-second limit: START follows the suppressed init in real logs",
      says: "The invoke lane begins behind it, as START does in real logs",
      never: "now as a part of the invocation"),
    Fact(
      lesson: "slow-init",
      section: "Init phase, provisioned concurrency and SnapStart: execution environment page",
      says: "init has 130 s, or the function's timeout if that is longer", never: "at least 130 s"),
    Fact(
      lesson: "freeze-and-thaw",
      section: "Shutdown phase, how long an idle environment lives: not documented",
      says: "about six minutes have been measured", never: "observed"),
    Fact(
      lesson: "cold-start", section: "Shutdown phase, how long an idle environment lives: not documented",
      says: "about six minutes have been measured", never: "observed"),
    Fact(
      lesson: "provisioned-concurrency", section: "Billing: AWS's price list",
      says: "(AWS's price list: us-east-1, 2026-11)", never: "cents an hour in us-east-1"),
    Fact(
      lesson: "memory", section: "Billing: AWS's price list",
      says: "(AWS's price list: x86, us-east-1, 2026-11)",
      never: "(x86, us-east-1)"),
  ]

  @Test("sentence by sentence", arguments: facts)
  func fact(_ fact: Fact) throws {
    let text = try lessonFile(fact.lesson).lesson.steps.map(\.text).joined(separator: " ")
    #expect(text.contains(fact.says))
    #expect(!text.contains(fact.never))
  }

  // MARK: The figures in them, held against the simulation

  @Test("failures: the process that has reported an exception counts to 2")
  func count() throws {
    var show = try LessonShow(lesson: "failures", at: 3)
    #expect(show.screen().contains("count = 2"))
    #expect(show.screen().contains("connection #1"))
  }

  @Test("failures: a request that runs out of memory is Runtime.OutOfMemory, and a reset")
  func outOfMemory() throws {
    var show = try LessonShow(lesson: "failures", at: 2)
    // Off the lesson's path: the step's own key would do the step's own request.
    show.session.act(.burst, [.request(.outOfMemory)])
    _ = show.session.fold()
    show.session.tick(elapsed: .seconds(3), clock: 0)
    _ = show.session.fold()
    let request = try #require(show.session.timeline.requests.last)
    #expect(show.session.log.catalog.text(request.errorType) == "Runtime.OutOfMemory")
    #expect(try show.track(1).state(at: show.session.newest, inputEnd: .never) == .reset)
  }

  @Test("before init: Init Duration and the bill leave create and download out")
  func initDuration() throws {
    let show = try LessonShow(lesson: "before-init", at: 6)
    #expect(show.session.timeline.requests.map(\.billedMs) == [460, 460])
  }

  @Test("slow init: no invoke lane while the suppressed init runs, and one right behind it")
  func suppressedInit() throws {
    let show = try LessonShow(lesson: "slow-init", at: 4)
    for number in 1...2 {
      let track = try show.track(number)
      #expect(track[.functionInit].open(at: show.session.newest) == 1)
      #expect(track[.invoke].starts.count(upTo: show.session.newest) == 0)
    }
    let long = try LessonShow(lesson: "slow-init", at: 6).track(2)
    #expect(long[.invoke].starts.times.first == long[.functionInit].ends.times.last)
  }

  @Test("extensions: the runtime's share is 300 ms, all together have 2 s")
  func shutdown() throws {
    #expect(try lessonFile("extensions").scenario.function.runtimeShutdownShare == .milliseconds(300))
    let track = try LessonShow(lesson: "extensions", at: 13).track(1)
    let begin = try #require(track[.runtimeShutdown].starts.times.first)
    #expect(track.gone - begin == .seconds(2))
  }

  @Test("throttling: two, then twelve were accepted")
  func accepted() throws {
    for (step, all, accepted) in [(3, 5, 2), (7, 25, 14)] {
      let statistics = try LessonShow(lesson: "throttling", at: step).session.timeline.statistics
      #expect(statistics.requests == all)
      #expect(statistics.requests - statistics.throttles == accepted)
    }
  }

  @Test("provisioned concurrency: 2 × 1 GB are 3 cents an hour")
  func held() {
    #expect(abs(PriceTable().provisionedHeldX86 * 2 * 3_600 - 0.03) < 0.0001)
    #expect(PriceTable().provisionedRunX86 < PriceTable().gbSecondX86)
    #expect(PriceTable().origin == "AWS's price list, us-east-1, 2026-11")
  }

  @Test("memory: what a million warm requests cost at each size")
  func million() throws {
    let requests = try LessonShow(lesson: "memory", at: 6).session.timeline.requests.suffix(3)
    let costs = requests.map { request in
      let gigabytes = Double(request.memoryMB) / 1_024
      let seconds = Double(request.billedMs) / 1_000
      return ((gigabytes * seconds * PriceTable().gbSecondX86 + PriceTable().requests) * 1e8).rounded() / 100
    }
    #expect(costs == [4.89, 5.14, 5.96])
  }

  @Test("the playground says that it was asked, not Lambda that took it back")
  func askedToGo() throws {
    var show = try LessonShow(lesson: "playground")
    show.session.act(.request, [.request(.normal)])
    _ = show.session.fold()
    show.session.tick(elapsed: .seconds(4), clock: 0)
    _ = show.session.fold()
    show.session.act(.shutDown, [.shutDown(environment: 1)])
    _ = show.session.fold()
    show.session.tick(elapsed: .seconds(3), clock: 0)
    _ = show.session.fold()
    let screen = show.screen()
    #expect(screen.contains("It was shut down on request, not because it was idle."))
    #expect(!screen.contains("taken the environment back"))
  }
}
