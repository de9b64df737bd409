extension RandomAccessCollection where Index == Int {
  /// The first place whose element does not fulfil `condition`, which all elements before it do and none after it
  /// does: by binary search. In an array it is the number of those that do.
  @inline(__always)
  package func partitionPoint(_ condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
