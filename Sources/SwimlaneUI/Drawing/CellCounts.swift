internal import LambdaLifecycle

/// How many moments lie in each cell of a picture.
/// - Parameters:
///   - edges: the cells' left edges, and the right one of the last.
///   - limit: what comes after it is not seen.
///   - count: how many moments there are up to one; the second argument is a count that is not too many.
func counts(
  in edges: [Timestamp], limit: Timestamp = .never, upTo count: (Timestamp, Int) -> Int
) -> [Int] {
  var before = count(edges[0] &- 1, 0)
  return edges.dropFirst().map { edge in
    let now = count(min(edge &- 1, limit), before)
    defer { before = max(before, now) }
    return max(0, now - before)
  }
}
