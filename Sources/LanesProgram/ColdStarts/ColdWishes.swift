package import LambdaEmulator
internal import LambdaLifecycle
internal import TimelineExport

/// The wishes on the command line of `lanes cold`.
package struct ColdWishes {
  /// The function, and the settings of its start.
  package var run: RunWishes
  /// Files that requests send, one after another.
  package var events: [String] = []
  /// Cold starts of each setting that count; one more is thrown away.
  package var rounds = 20
  /// A setting for each; none for that of `run`.
  package var memories: [Int32] = []
  /// The revision whose code is compared with the working folder's.
  package var revision: String?
  /// A setting for each; none for the files beside the modules.
  package var compiledFiles: [CompiledFilesWish] = []

  package init(_ run: RunWishes) { self.run = run }

  /// The settings, one for each combination; the one that others are compared with comes first.
  func settings(commit: String) -> [(setting: ColdStartSetting, compiledFiles: CompiledFilesWish?)] {
    let memories = memories.isEmpty ? [run.function.memoryMB] : memories
    let wishes: [CompiledFilesWish?] = compiledFiles.isEmpty ? [nil] : compiledFiles
    let revisions: [String?] = revision.map { [$0, nil] } ?? [nil]
    var settings: [(setting: ColdStartSetting, compiledFiles: CompiledFilesWish?)] = []
    for memory in memories {
      for wish in wishes {
        for revision in revisions {
          var setting = ColdStartSetting(memoryMB: memory)
          setting.revision = revision
          setting.commit = revision == nil ? "" : commit
          var words: [String] = []
          if revisions.count > 1 { words.append(revision ?? "working folder") }
          if memories.count > 1 { words.append("\(memory) MB") }
          if wishes.count > 1, let wish { words.append("compiled files \(wish)") }
          setting.name = words.joined(separator: ", ")
          if revisions.count > 1 {
            setting.baseline = revision == nil ? settings.count - 1 : nil
          } else if !settings.isEmpty {
            setting.baseline = 0
          }
          settings.append((setting, wish))
        }
      }
    }
    return settings
  }
}
