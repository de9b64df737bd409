package import LambdaLifecycle

/// A step of a lesson as lines, for those who read them instead of a screen.
package enum LessonText {
  /// The answer to an earlier question where the step reveals one, the step's sentence, and its own question.
  package static func step(_ run: LessonRun) -> [String] {
    var lines = [""]
    if let (question, _) = run.revealed {
      lines.append("\(question.text) \(question.choices[question.right])")
    }
    lines.append("step \(run.shown + 1) of \(run.lesson.steps.count): \(run.step.text)")
    if let question = run.step.question {
      lines.append("\(question.text) (\(question.choices.joined(separator: " or ")))")
    }
    return lines
  }
}
