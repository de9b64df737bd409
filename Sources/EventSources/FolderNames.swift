internal import Glibc

/// Removes a file, or a folder with all in it; the targets of links stay.
package func removeTree(_ path: String) {
  if unlink(path) == 0 || errno == ENOENT { return }
  // A function may have made folders that nobody may write to.
  chmod(path, 0o700)
  for name in names(inFolder: path) { removeTree("\(path)/\(name)") }
  rmdir(path)
}

/// The names in a folder, in no order, without itself and the one above; none where it cannot be read.
package func names(inFolder path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
