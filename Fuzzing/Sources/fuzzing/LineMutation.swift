internal import CLibFuzzer

/// Changes an input as the fuzzer does, or by whole lines: what decoders keep from one line to the next goes wrong when
/// lines are missing, doubled or in another order, which single bytes hardly ever achieve.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int, _ seed: UInt32) -> Int {
  guard seed % 3 == 0 else { return LLVMFuzzerMutate(data, size, maximum) }
  var draws = Draws(withUnsafeBytes(of: seed) { Array($0) })
  var lines = Array(UnsafeBufferPointer(start: data, count: size))
    .split(separator: 0x0A, omittingEmptySubsequences: false)
  let from = draws.next(below: lines.count)
  let to = draws.next(below: lines.count)
  switch draws.next(below: 4) {
  case 0 where lines.count > 1: lines.remove(at: from)
  case 1: lines.insert(lines[from], at: to)
  case 2: lines.swapAt(from, to)
  default: lines[to] = lines[from].prefix(draws.next(below: lines[from].count + 1)) + lines[to]
  }
  let changed = Array(lines.joined(separator: [0x0A])).prefix(maximum)
  for (place, byte) in changed.enumerated() { data[place] = byte }
  return changed.count
}
