internal import EventSources

/// The mount of a hierarchy of control groups: v2 at /sys/fs/cgroup, or beside version 1 at /sys/fs/cgroup/unified; one
/// of version 1 at /sys/fs/cgroup/memory, as a rule.
struct CgroupMount: Equatable {
  /// The group that is mounted there, `/` unless we are in a container without a namespace for groups.
  var root: String
  var point: String
  /// The controller of version 1; nil for v2.
  private var controller: String?

  /// Reads `ID PARENT MAJOR:MINOR ROOT POINT OPTIONS … - TYPE SOURCE OPTIONS` (proc(5)).
  /// - Parameter controller: the controller of version 1; nil for v2.
  init?(mountinfo: String, controller: String? = nil) {
    self.controller = controller
    for line in mountinfo.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count, dash > 4,
        fields[dash + 1] == (controller == nil ? "cgroup2" : "cgroup")
      else { continue }
      if let controller {
        guard dash + 3 < fields.count, fields[dash + 3].split(separator: ",").contains(controller[...]) else {
          continue
        }
      }
      root = String(fields[3])
      point = String(fields[4])
      return
    }
    return nil
  }

  /// The folder of our own group, by a line `0::PATH` of version 2, or `4:cpu,cpuacct:PATH` of version 1.
  func folder(ofGroups groups: String) -> String? {
    guard var path = groups.split(separator: "\n").lazy.compactMap(path).first else { return nil }
    if root != "/" {
      guard path == root || path.hasPrefix(root + "/") else { return nil }
      path = path.dropFirst(root.count)
    }
    return path == "/" || path.isEmpty ? point : point + path
  }

  private func path(_ line: Substring) -> Substring? {
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, fields[2].hasPrefix("/") else { return nil }
    let isOurs =
      controller.map { fields[1].split(separator: ",").contains($0[...]) }
      ?? (fields[0] == "0" && fields[1].isEmpty)
    return isOurs ? fields[2] : nil
  }

  /// The folders in which a group may be made: our own, or else those that ours lies in, up to the top.
  static func parents(ofController controller: String?) -> [String] {
    guard let mount = CgroupMount(mountinfo: smallFile("/proc/self/mountinfo"), controller: controller) else {
      return []
    }
    guard let own = mount.folder(ofGroups: smallFile("/proc/self/cgroup")) else { return [mount.point] }
    return Files.folders(from: own, upTo: mount.point)
  }
}
