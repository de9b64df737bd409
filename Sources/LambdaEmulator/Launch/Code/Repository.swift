/// The git repository that a function's folder lies in, asked by the user's own git.
struct Repository {
  /// The function's folder, absolute.
  let code: String
  /// The function's folder below the repository's top: `fn/`, or empty.
  private let prefix: String
  private let git: String
  private let shell: Shell

  /// - Throws: `RevisionError` where there is no git, or no repository.
  init(of code: String, shell: Shell) throws(RevisionError) {
    guard let git = shell.program("git") else { throw .noGit }
    var shell = shell
    // These variables lead git elsewhere, as in a hook of git's.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] { shell.variables[name] = nil }
    self.git = git
    self.shell = shell
    self.code = code
    let result: ForeignCommand.Result
    do {
      result = try ForeignCommand.run([git, "rev-parse", "--show-prefix"], in: shell, folder: code)
    } catch {
      throw .git("rev-parse", reason: error.description)
    }
    guard result.failure == nil else { throw .noRepository(code, reason: result.failure ?? "") }
    prefix = result.output.last == "\n" ? String(result.output.dropLast()) : result.output
  }

  /// Returns the commit that a revision names, in full.
  func commit(_ revision: String) throws(RevisionError) -> String {
    let question = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]
    let result = try run(question, mayFail: true)
    let commit = result.output.split(separator: "\n").first.map(String.init) ?? ""
    guard result.failure == nil, !commit.isEmpty else { throw .noRevision(revision) }
    return commit
  }

  /// Writes the folder as it was in a commit, as git would check it out.
  /// - Parameters:
  ///   - target: a new folder.
  ///   - index: the path at which a file may be made for git.
  func unpack(_ commit: String, named revision: String, into target: String, index: String)
    throws(RevisionError)
  {
    let tree = "\(commit):\(prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix)"
    guard try run(["rev-parse", "--verify", "--quiet", tree], mayFail: true).failure == nil else {
      throw .noFolder(prefix, revision: revision)
    }
    // An index of its own, so that the user's stays as it is.
    let variables = ["GIT_INDEX_FILE": index]
    _ = try run(["read-tree", tree], variables)
    _ = try run(["checkout-index", "--all", "--force", "--prefix=\(target)/"], variables, atTop: true)
  }

  /// The files of the folder that git tracks, as they are listed now, from the folder.
  func trackedFiles() throws(RevisionError) -> [String] { try list(["ls-files", "-z"]) }

  /// The entries of the folder that git does not track: files, and folders of which it tracks nothing, with a
  /// slash at their end.
  func untracked() throws(RevisionError) -> [String] {
    try list(["ls-files", "-z", "--others", "--directory"])
  }

  private func list(_ question: [String]) throws(RevisionError) -> [String] {
    try run(question).output.split(separator: "\0").map(String.init)
  }

  private func run(
    _ words: [String], _ variables: [String: String] = [:], atTop: Bool = false, mayFail: Bool = false
  ) throws(RevisionError) -> ForeignCommand.Result {
    var shell = shell
    shell.variables.merge(variables) { $1 }
    let ups = String(repeating: "../", count: atTop ? prefix.split(separator: "/").count : 0)
    let folder = Files.absolute(ups.isEmpty ? "." : ups, from: code) ?? code
    do {
      let result = try ForeignCommand.run([git] + words, in: shell, folder: folder, seconds: 120)
      if let failure = result.failure, !mayFail { throw RevisionError.git(words[0], reason: failure) }
      return result
    } catch let error as RevisionError { throw error } catch {
      throw .git(words[0], reason: "\(error)")
    }
  }
}
