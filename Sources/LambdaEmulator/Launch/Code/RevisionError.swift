/// The reason why the code of a revision cannot be run. The text says what was found and what to do.
package enum RevisionError: Error, Equatable, CustomStringConvertible {
  case noGit
  case noRepository(String, reason: String)
  case noRevision(String)
  case noFolder(String, revision: String)
  case noHandler(String, revision: String)
  case git(String, reason: String)
  case cannotCopy(String, reason: String)

  package var description: String {
    switch self {
    case .noGit: "--against needs git, and there is none in PATH. Install it: apt install git"
    case .noRepository(let folder, let reason):
      "--against needs the function in a git repository, and git finds none at \(folder) (\(reason)). "
        + "Give the function's folder: --code FOLDER"
    case .noRevision(let revision):
      "--against \(revision): git knows no such commit here. Expected a branch, a tag or a commit, such as main or HEAD~1; "
        + "a shallow clone has only its newest: git fetch --unshallow"
    case .noFolder(let folder, let revision):
      "--against \(revision): there is no folder \(folder) in that revision. Choose one that has it: git log -- \(folder)"
    case .noHandler(let handler, let revision):
      "--against \(revision): there is no file for the handler \(handler) in that revision. Choose one that has it: git log -- "
        + "\(handler.split(separator: ".").first ?? "")*"
    case .git(let what, let reason): "git \(what) does not go well: \(reason)"
    case .cannotCopy(let file, let reason): "\(file) cannot be copied: \(reason)"
    }
  }
}
