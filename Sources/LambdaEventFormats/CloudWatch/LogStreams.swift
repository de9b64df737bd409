internal import LambdaLifecycle

/// Places of environments by the names of their log streams.
struct LogStreams: Sendable {
  private var places: [Name: Int] = [:]
  /// Lines that follow one another are mostly of one stream.
  private var lastName: [UInt8] = []
  private var lastPlace = -1

  /// The place of that stream, if it was the last one looked for.
  @inline(__always)
  func last(_ name: UnsafeRawBufferPointer) -> Int? {
    guard name.count == lastName.count else { return nil }
    return lastName.withUnsafeBytes { known in
      var index = 0
      while index &+ 8 <= name.count {
        let left = known.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if left != name.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return nil }
        index &+= 8
      }
      while index < name.count {
        if known[index] != name[index] { return nil }
        index &+= 1
      }
      return lastPlace
    }
  }

  mutating func find(_ name: Name, _ text: UnsafeRawBufferPointer) -> Int? {
    guard let place = places[name] else { return nil }
    remember(text, place)
    return place
  }

  mutating func add(_ name: Name, _ text: UnsafeRawBufferPointer, _ place: Int) {
    places[name] = place
    remember(text, place)
  }

  private mutating func remember(_ text: UnsafeRawBufferPointer, _ place: Int) {
    lastName.removeAll(keepingCapacity: true)
    lastName.append(contentsOf: text)
    lastPlace = place
  }
}

/// The environments of a log that does not name its streams. It is one until an init begins the next; and because an
/// environment serves one request at a time (concurrency page), a request that begins while another runs is in another
/// environment.
struct UnnamedStreams: Sendable {
  /// The place of the environment that lines without a request belong to.
  private(set) var current: Int?
  /// The newest of them, the latest used at the end.
  private(set) var places: [Int] = []

  private static let limit = 64

  mutating func add(_ place: Int) {
    if places.count == Self.limit { places.removeFirst() }
    places.append(place)
    current = place
  }

  mutating func use(_ place: Int) {
    guard current != place else { return }
    places.removeAll { $0 == place }
    places.append(place)
    current = place
  }
}
