/// The control group that limits an environment's processor time.
struct ProcessorGroup: Sendable {
  /// The memory that comes with one processor (configuration-memory page).
  static let megabytesOfOne = 1_769
  let folder: String
  let version: CgroupVersion

  /// Microseconds. An environment that has used up its part waits for the next period: in the kernel's default of 100
  /// ms, a small function would stand still for 93 of them.
  private static let period: Int64 = 20_000
  /// The kernel takes no less.
  private static let least: Int64 = 1_000

  /// One processor for 1,769 MB, more or less of it in proportion (configuration-memory).
  func limit(toShareOf megabytes: Int32) {
    let quota = max(Self.least, Self.period * Int64(megabytes) / Int64(Self.megabytesOfOne))
    switch version {
    case .two: writeSmallFile("\(folder)/cpu.max", "\(quota) \(Self.period)")
    case .one:
      writeSmallFile("\(folder)/cpu.cfs_period_us", "\(Self.period)")
      writeSmallFile("\(folder)/cpu.cfs_quota_us", "\(quota)")
    }
  }
}
