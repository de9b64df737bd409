/// The version of control groups, by which their files are named.
enum CgroupVersion: Sendable { case one, two }
