/// Whether files of control groups have the names of version 2, or those of version 1.
enum CgroupVersion: Sendable { case one, two }
