/// One mistake in a scenario.
package struct ScenarioMistake: Equatable, Sendable {
  /// The place of the value: `two.yaml:7:13`, `traffic.csv:3` or `--set memory=12 GB`.
  package var place: String
  /// The keys that lead to the value: `functions.hello.memory`; empty where it is about the whole.
  package var path: String
  /// The value that was found, and the values that are expected.
  package var problem: String

  package var description: String {
    path.isEmpty ? "\(place): \(problem)" : "\(place): \(path): \(problem)"
  }
}

/// All mistakes in a scenario, in the order of the file.
package struct ScenarioMistakes: Error, Equatable, CustomStringConvertible {
  package private(set) var mistakes: [ScenarioMistake] = []
  /// The number of further ones, which are not kept.
  package private(set) var others = 0
  private var orders: [Place.Order] = []

  /// More than anybody reads at once; a hostile file must not fill the memory.
  private static let most = 50

  /// One mistake a line, without a newline at the end.
  package var description: String {
    var lines = mistakes.map(\.description)
    if others > 0 { lines.append("and \(others) more") }
    return lines.joined(separator: "\n")
  }

  var isEmpty: Bool { mistakes.isEmpty }
  var count: Int { mistakes.count + others }

  /// Otherwise a mistake is only counted, so that nobody need find the words for it.
  var hasRoom: Bool { mistakes.count < Self.most }

  mutating func addOther() { others += 1 }

  mutating func add(_ problem: String, path: String = "", at place: Place, in file: String) {
    // The keys of a file are not read in its order.
    let order = place.order
    let index = orders.firstIndex { order < $0 } ?? orders.count
    orders.insert(order, at: index)
    mistakes.insert(ScenarioMistake(place: place.text(in: file), path: path, problem: problem), at: index)
  }

  /// A single mistake, about a file as a whole or in its syntax.
  init(_ problem: String, at place: Place, in file: String) { add(problem, at: place, in: file) }

  init() {}
}

/// The place that a value comes from.
enum Place: Equatable, Sendable {
  /// The file as a whole.
  case file
  /// Both from 1.
  case line(Int, column: Int)
  /// From the command line: the option as it was written.
  case option(String)
  /// A line of another file than the scenario.
  case trace(String, line: Int)

  func text(in file: String) -> String {
    switch self {
    case .file: Printable.line(file)
    case .line(let line, let column): "\(Printable.line(file)):\(line):\(column)"
    case .option(let text): Printable.line(text)
    case .trace(let name, let line): "\(Printable.line(name)):\(line)"
    }
  }

  /// The scenario's own mistakes first, in the order of its lines; then those of options and traces as they come.
  var order: Order {
    switch self {
    case .file: Order(rank: 0, line: 0, column: 0)
    case .line(let line, let column): Order(rank: 0, line: line, column: column)
    case .option: Order(rank: 1, line: 0, column: 0)
    case .trace: Order(rank: 2, line: 0, column: 0)
    }
  }

  struct Order: Equatable, Comparable, Sendable {
    var rank: Int
    var line: Int
    var column: Int

    static func < (one: Order, other: Order) -> Bool {
      (one.rank, one.line, one.column) < (other.rank, other.line, other.column)
    }
  }
}
