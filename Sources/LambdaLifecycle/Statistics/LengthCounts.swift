/// How many lengths of which size there were, exact to 0.1 %, in constant memory: the buckets of an HdrHistogram with three
/// digits. Lengths are whole microseconds.
struct LengthCounts: Sendable {
  /// A bucket is 1 µs wide below 2,048 µs; above, twice as wide with every power of two.
  private static let half = 1_024
  private static let stride = 64

  private var counts: [Int] = []
  /// The sum of every 64 counts: a quantile is found in some hundreds of steps, not in ten thousands.
  private var sums: [Int] = []

  mutating func record(_ microseconds: UInt64) {
    let bucket = Self.bucket(of: microseconds)
    if bucket >= counts.count {
      sums += Array(repeating: 0, count: bucket / Self.stride + 1 - sums.count)
      counts += Array(repeating: 0, count: sums.count * Self.stride - counts.count)
    }
    counts[bucket] += 1
    sums[bucket / Self.stride] += 1
  }

  /// How many lie in buckets before that of a length.
  func count(before microseconds: UInt64) -> Int {
    let end = min(Self.bucket(of: microseconds), counts.count)
    let whole = end / Self.stride
    return sums[..<whole].reduce(0, +) + counts[(whole * Self.stride)..<end].reduce(0, +)
  }

  /// The longest length of the bucket in which the `rank`th of all lies, the shortest being the first.
  func value(ofRank rank: Int) -> UInt64 {
    var left = rank
    var block = 0
    while block < sums.count, sums[block] < left {
      left -= sums[block]
      block += 1
    }
    var bucket = block * Self.stride
    while bucket < counts.count, counts[bucket] < left {
      left -= counts[bucket]
      bucket += 1
    }
    return Self.longest(in: bucket)
  }

  private static func bucket(of microseconds: UInt64) -> Int {
    let width = max(0, UInt64.bitWidth - microseconds.leadingZeroBitCount - 11)
    return width * half + Int(microseconds >> UInt64(width))
  }

  private static func longest(in bucket: Int) -> UInt64 {
    let width = max(0, bucket / half - 1)
    return UInt64(bucket - width * half + 1) << UInt64(width) - 1
  }
}
