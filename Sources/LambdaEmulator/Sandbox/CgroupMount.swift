/// Where cgroup v2 is mounted: at /sys/fs/cgroup, or beside version 1 at /sys/fs/cgroup/unified.
struct CgroupMount: Equatable {
  /// The group that is mounted there, `/` unless we are in a container without a namespace for groups.
  var root: String
  var point: String

  /// Reads `ID PARENT MAJOR:MINOR ROOT POINT OPTIONS … - TYPE …` (proc(5)).
  init?(mountinfo: String) {
    for line in mountinfo.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count, dash > 4,
        fields[dash + 1] == "cgroup2"
      else { continue }
      root = String(fields[3])
      point = String(fields[4])
      return
    }
    return nil
  }

  /// The folder of our own group, which version 2 tells as `0::PATH`.
  func folder(ofGroups groups: String) -> String? {
    guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else { return nil }
    var path = line.dropFirst(3)
    if root != "/" {
      guard path == root || path.hasPrefix(root + "/") else { return nil }
      path = path.dropFirst(root.count)
    }
    return path == "/" || path.isEmpty ? point : point + path
  }
}
