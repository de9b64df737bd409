internal import LambdaLifecycle

/// Names for texts that come again and again, found by their bytes, without making a `String` each time. It belongs
/// to the catalog of one log.
struct NameCache: Sendable {
  private struct Slot {
    var hash: UInt64 = 0
    var start = 0
    var count = -1
    var name = Name.none
  }

  private var slots = [Slot](repeating: Slot(), count: 1_024)
  private var texts: [UInt8] = []
  /// Texts kept; beyond it the cache begins anew.
  private static let limit = 1 << 18

  /// The name of a string in a line.
  mutating func name(_ string: JSONString, in scanner: JSONScanner, of catalog: inout Catalog) -> Name {
    if string.isEmpty { return .none }
    if string.isEscaped { return catalog.name(scanner.text(string)) }
    return name(scanner.raw(string), of: &catalog)
  }

  /// The name of a field's text, which is empty where the line has no such field.
  mutating func name(ofField text: UnsafeRawBufferPointer, of catalog: inout Catalog) -> Name {
    text.isEmpty ? .none : name(text, of: &catalog)
  }

  /// The name of a text.
  mutating func name(_ text: UnsafeRawBufferPointer, of catalog: inout Catalog) -> Name {
    let hash = NameCache.hash(text)
    let index = Int(hash & 1_023)
    let slot = slots[index]
    if slot.hash == hash, slot.count == text.count, isText(text, at: slot.start) { return slot.name }
    let name = catalog.name(text.text)
    if texts.count > NameCache.limit { self = NameCache() }
    slots[index] = Slot(hash: hash, start: texts.count, count: text.count, name: name)
    texts.append(contentsOf: text)
    return name
  }

  private func isText(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    texts.withUnsafeBytes { known in
      var index = 0
      while index &+ 8 <= text.count {
        let left = known.loadUnaligned(fromByteOffset: start &+ index, as: UInt64.self)
        if left != text.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
        index &+= 8
      }
      while index < text.count {
        if known[start &+ index] != text[index] { return false }
        index &+= 1
      }
      return true
    }
  }

  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index &+ 8 <= text.count {
      hash = (hash ^ text.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash &>> 32
      index &+= 8
    }
    while index < text.count {
      hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3
      index &+= 1
    }
    return hash ^ hash &>> 29
  }
}
