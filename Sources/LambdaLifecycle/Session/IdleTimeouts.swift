/// The idle timeouts that the keys step through. AWS publishes none; about six minutes have been observed.
package enum IdleTimeouts {
  package static let steps: [Nanoseconds] = [1, 2, 5, 10, 20, 30, 60, 120, 360, 600, 1_800, 3_600].map {
    .seconds($0)
  }

  /// The next longer or shorter step; the last one stays.
  package static func next(_ timeout: Nanoseconds, longer: Bool) -> Nanoseconds {
    longer ? steps.first { $0 > timeout } ?? timeout : steps.last { $0 < timeout } ?? timeout
  }
}
