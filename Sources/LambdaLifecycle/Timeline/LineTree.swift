/// Statements, each with those inside of it: a module of the function's own is inside of the statement that imported it.
struct LineTree {
  private struct Node {
    var line: InitParts.Line
    var inner: [Int] = []
  }

  private var nodes: [Node] = []
  /// Those that are inside of no other, in order.
  private var roots: [Int] = []

  /// A statement names the files of the modules that it imported; both were reported when they ended, so the
  /// inner ones before.
  init(_ told: InitCode, from zero: Timestamp?) {
    var open: [Name: [Int]] = [:]
    var isInside: [Bool] = []
    for (time, line, imported) in told.lines {
      let start = line.begin >= 0 ? (zero ?? time) &+ line.begin : time &- line.length
      var node = Node(
        line: InitParts.Line(
          time: line, start: start, packages: imported.sorted { $0.length > $1.length }, depth: 0))
      for package in imported where package.name != line.file {
        guard let claimed = open.removeValue(forKey: package.name) else { continue }
        node.inner += claimed
        for place in claimed { isInside[place] = true }
      }
      node.inner.sort()
      open[line.file, default: []].append(nodes.count)
      nodes.append(node)
      isInside.append(false)
    }
    roots = nodes.indices.filter { !isInside[$0] }
  }

  /// Of statements that know their depths, each before those inside of it.
  init(_ lines: [InitParts.Line]) {
    var path: [Int] = []
    for line in lines {
      path.removeLast(max(0, path.count - line.depth))
      if let outer = path.last { nodes[outer].inner.append(nodes.count) } else { roots.append(nodes.count) }
      path.append(nodes.count)
      nodes.append(Node(line: line))
    }
  }

  /// Each before those inside of it, which follow in order, or the longest first.
  func flat(longestFirst: Bool = false) -> [InitParts.Line] {
    func ordered(_ places: [Int]) -> [Int] {
      guard longestFirst else { return places }
      return places.sorted { (nodes[$1].line.time.length, $0) < (nodes[$0].line.time.length, $1) }
    }
    var lines: [InitParts.Line] = []
    var waiting = ordered(roots).reversed().map { (place: $0, depth: 0) }
    while let (place, depth) = waiting.popLast() {
      var line = nodes[place].line
      line.depth = depth
      lines.append(line)
      waiting += ordered(nodes[place].inner).reversed().map { ($0, depth + 1) }
    }
    return lines
  }
}
