internal import LambdaLifecycle
internal import ScenarioFiles
internal import SwimlaneUI

/// The lessons that come with the program. They are part of it, so that it finds them wherever it is installed.
package struct LessonLibrary {
  /// A lesson by its name on the command line.
  package struct Item {
    package var name: String
    var text: [UInt8]

    /// Its title, and the line on what it teaches.
    func heading() throws -> ScenarioHeading { try ScenarioHeading(of: text, name: "\(name).yaml") }

    /// The lesson and its scenario.
    func read() throws -> ScenarioFile {
      try ScenarioFile.read(text, name: "\(name).yaml") { trace in
        throw Failure(description: "the lesson \(name) has no file \(trace)")
      }
    }
  }

  /// In the order in which they build on each other; the files are in `demos/lessons`.
  package static var items: [Item] {
    [
      Item(name: "cold-start", text: PackageResources.cold_start_yaml),
      Item(name: "outside-the-handler", text: PackageResources.outside_the_handler_yaml),
      Item(name: "before-init", text: PackageResources.before_init_yaml),
      Item(name: "one-at-a-time", text: PackageResources.one_at_a_time_yaml),
      Item(name: "freeze-and-thaw", text: PackageResources.freeze_and_thaw_yaml),
      Item(name: "extensions", text: PackageResources.extensions_yaml),
      Item(name: "slow-init", text: PackageResources.slow_init_yaml),
      Item(name: "failures", text: PackageResources.failures_yaml),
      Item(name: "throttling", text: PackageResources.throttling_yaml),
      Item(name: "provisioned-concurrency", text: PackageResources.provisioned_concurrency_yaml),
      Item(name: "snapstart", text: PackageResources.snapstart_yaml),
      Item(name: "memory", text: PackageResources.memory_yaml),
      Item(name: "playground", text: PackageResources.playground_yaml),
    ]
  }

  /// A line for each, its name first.
  package static func listing() throws -> String {
    let width = items.map(\.name.count).max() ?? 0
    return try items.map { item in
      let lesson = try item.heading()
      let name = item.name + String(repeating: " ", count: width - item.name.columnCount)
      return "\(name)  \(lesson.title): \(lesson.about)\n"
    }.joined()
  }

  /// The menu's lines. Of each lesson only its heading is read: the menu is the first screen, which nobody is to wait for.
  static func entries() throws -> [LessonEntry] {
    try items.map { item in
      let heading = try item.heading()
      return LessonEntry(title: heading.title, about: heading.about)
    }
  }
}
