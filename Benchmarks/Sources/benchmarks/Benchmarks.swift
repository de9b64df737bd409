/// Measures, and prints one table: what, the figure, its budget, the peer's figure of the same run, and the ratio.
@main
enum Benchmarks {
  static func main() throws {
    var names = Array(CommandLine.arguments.dropFirst())
    let isLong = names.contains("--long")
    names.removeAll { $0 == "--long" }
    // Memory first: the system counts the peak since the start of the program.
    let all: [(name: String, run: () throws -> [Figure])] = [
      ("memory", { try simulatorMemory(isLong: isLong) }),
      ("simulator", simulatorSpeed),
      ("fold", foldSpeed),
      ("decode", decodeSpeed),
      ("formats", formatSpeed),
      ("frame", frameCost),
    ]
    if let unknown = names.first(where: { name in !all.contains { $0.name == name } }) {
      throw BenchmarkError(
        "no benchmark named \(unknown); there are \(all.map(\.name).joined(separator: ", "))")
    }
    printHeader()
    for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
      for figure in try benchmark.run() { printRow(figure) }
    }
  }
}

/// Why a benchmark cannot be run.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
