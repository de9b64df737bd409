/// Ids of the log events seen last: a tool that polls shows some twice. FilterLogEvents gives at most 10,000
/// at once.
///
/// A table of places for eight ids, of which a new one drives out the oldest: to ask it costs one access to memory, and of the
/// latest 10,000 less than one in a million is forgotten.
struct RecentEventIDs: Sendable {
  private var hashes: [UInt64] = []

  private static let places = 1 << 14
  private static let perPlace = 8

  /// Notes an id, kept as a hash of 64 bits.
  /// - Returns: false if it is known.
  mutating func insert(_ id: UnsafeRawBufferPointer) -> Bool { insert(hash: id.hash(0)) }

  /// - Parameter hash: all of its bits must depend on the id.
  /// - Returns: false if it is known.
  mutating func insert(hash: UInt64) -> Bool {
    if hashes.isEmpty { hashes = Array(repeating: 0, count: Self.places * Self.perPlace) }
    let first = Int(hash % UInt64(Self.places)) * Self.perPlace
    // No hash is kept as zero, which stands for an empty place.
    var moved = max(1, hash)
    for place in first..<first + Self.perPlace {
      swap(&moved, &hashes[place])
      // Those behind the one that is known stay where they are.
      if moved == max(1, hash) { return false }
    }
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// 64 bits that depend on all bytes and on the seed. Every line of a log may be hashed: it takes eight bytes at a time.
  func hash(_ seed: UInt64) -> UInt64 {
    var hash = 0xCBF2_9CE4_8422_2325 ^ seed
    func add(_ value: UInt64) {
      hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
    }
    var index = 0
    while index &+ 8 <= count {
      add(loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    while index < count {
      add(UInt64(self[index]))
      index &+= 1
    }
    // A product's low bits do not depend on the last byte, which is the high one of its word.
    hash ^= hash &>> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash &>> 32
  }
}
