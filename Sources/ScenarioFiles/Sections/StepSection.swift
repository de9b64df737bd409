internal import LambdaLifecycle

/// A step of a lesson whose keys have been read one by one.
struct StepDraft: Sendable {
  var step = LessonStep()
  var task: LessonTask?
  /// Words for the key.
  var press = ""

  func check(_ reader: inout ScenarioReader, _ node: YAMLNode) -> LessonStep {
    var step = step
    step.task = task
    if !press.isEmpty, step.task == nil {
      reader.mistake("found press without do; expected both: it says what the key does", at: node.place)
    }
    step.task?.words = press
    if step.trigger.happening == .start, step.trigger.count != 1 || step.trigger.function != nil,
      let place = (node["count"] ?? node["function"])?.place
    {
      reader.mistake("found count or function without when; expected what is counted", at: place)
    }
    return step
  }
}

extension Notation where Value == LessonStep {
  /// - Parameter functions: the names of the scenario's functions in their order.
  static func step(functions: [String]) -> Notation {
    let draft = Notation<StepDraft>.section(
      [
        Key("when", \.step.trigger.happening, .happening),
        Key("count", \.step.trigger.count, .count(1...10_000)),
        Key("function", optional: \.step.trigger.function, .functionPlace(functions)),
        Key("after", \.step.trigger.delay, .duration(0 ... .seconds(86_400), "at most 24 h")),
        Key("text", \.step.text, .text(atMost: 240)),
        Key("do", optional: \.task, .task(functions: functions)),
        Key("press", \.press, .text(atMost: 60)),
        Key("ask", optional: \.step.question, .question),
        Key("reveals", \.step.reveals, .flag),
        Key("look", optional: \.step.view.part, .part),
        Key(
          "environment", optional: \.step.view.environment, Notation<Int>.count(1...1_000).map { UInt32($0) }),
        Key("window", optional: \.step.view.window, .window),
      ], from: StepDraft(), required: ["text"])
    return Notation(expected: draft.expected) { reader, node in
      draft.read(&reader, node).map { $0.check(&reader, node) }
    }
  }
}

extension Notation where Value == Int {
  /// A function's name, as its place in the scenario.
  static func functionPlace(_ functions: [String]) -> Notation {
    word(functions.enumerated().map { ($0.element, $0.offset) })
  }
}

extension Notation where Value == LessonTrigger.Happening {
  fileprivate static var happening: Notation {
    var words: [(String, Value)] = [
      ("start", .start), ("request arrives", .arrived), ("request answered", .answered),
      ("request fails", .failed), ("request throttled", .throttled), ("environment created", .created),
      ("environment gone", .gone),
    ]
    for phase in Phase.allCases {
      words.append(("\(phase.wireName) begins", .begins(phase)))
      words.append(("\(phase.wireName) ends", .ends(phase)))
    }
    for state in ExtensionState.allCases {
      words.append(("extension \(state.wireName)", .extensionState(state)))
    }
    let known = words
    let expected =
      "start, PHASE begins, PHASE ends, extension STATE, request arrives, answered, fails or throttled, or environment"
      + " created or gone"
    return Notation(expected: expected) { reader, node in
      if case .scalar(let text) = node.content, let word = known.first(where: { $0.0 == text }) {
        return word.1
      }
      let near =
        if case .scalar(let text) = node.content { NearestWord.question(text, among: known.map(\.0)) } else {
          ";"
        }
      reader.mistake("found \(node.found)\(near) expected \(expected)", at: node.place)
      return nil
    }
  }
}

extension Notation where Value == LessonView.Part {
  fileprivate static var part: Notation {
    let parts: [(String, Value)] = [
      ("requests", .requests), ("statistics", .statistics), ("source", .source), ("memory", .memory),
    ]
    return word(parts + Phase.allCases.map { ($0.wireName, .lane($0)) })
  }
}

extension Notation where Value == Nanoseconds {
  /// A stretch of time, or all of it.
  fileprivate static var window: Notation {
    let length = Notation<Nanoseconds>.duration(.milliseconds(1) ... .seconds(86_400), "1 ms to 24 h")
    return Notation(expected: "all, or \(length.expected)") { reader, node in
      node.content == .scalar("all") ? .never : length.read(&reader, node)
    }
  }
}

extension Notation where Value == LessonQuestion {
  fileprivate static var question: Notation {
    let draft = Notation<QuestionDraft>.section(
      [
        Key("question", \.question, .text(atMost: 120)),
        Key("choices", \.choices, Notation<String>.text(atMost: 30).list(2...3)),
        Key("right", \.right, .text(atMost: 30)),
      ], from: QuestionDraft(), required: ["question", "choices", "right"])
    return Notation(expected: draft.expected) { reader, node in
      guard let draft = draft.read(&reader, node) else { return nil }
      guard let right = draft.choices.firstIndex(of: draft.right) else {
        reader.mistake(
          "found \(Printable.quoted(draft.right)); expected one of the choices,"
            + " \(Words.listed(draft.choices, last: "or"))", at: node["right"]?.place ?? node.place)
        return nil
      }
      return LessonQuestion(text: draft.question, choices: draft.choices, right: right)
    }
  }
}

private struct QuestionDraft: Sendable {
  var question = ""
  var choices: [String] = []
  var right = ""
}
