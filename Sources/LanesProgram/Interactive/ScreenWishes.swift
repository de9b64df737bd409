internal import Glibc
package import ScenarioFiles

/// The wishes for the screen on the command line.
package struct ScreenWishes {
  /// Lines are asked for.
  package var isPlain: Bool
  /// The preferences that were typed; the user's file has the rest.
  package var preferences = ScreenPreferences()

  package init(isPlain: Bool = false) { self.isPlain = isPlain }

  /// Lines instead of a screen: asked for, or because nobody could see a screen.
  package var wantsLines: Bool { isPlain || isatty(STDOUT_FILENO) == 0 }

  /// The settings of the screen: the user's file decides where the command line says nothing.
  package func settings() -> ScreenSettings {
    let (remembered, mistake) = rememberedPreferences()
    return ScreenSettings(remembered.overridden(by: preferences), mistake: mistake)
  }
}

/// The preferences in `config.yaml`. One that cannot be read is reported and left alone: the program goes on
/// without it.
private func rememberedPreferences() -> (wanted: ScreenPreferences, mistake: String) {
  guard let path = preferencesPath, access(path, F_OK) == 0 else { return (ScreenPreferences(), "") }
  do {
    return (try ScreenPreferences.read(readWholeFile(path), name: path), "")
  } catch {
    let mistake = "\(error)"
    writeError("lanes goes on without your preferences:\n\(mistake)")
    // The path is long and known; the screen has room for one line.
    let line = mistake.split(separator: "\n").first.map(String.init) ?? mistake
    return (ScreenPreferences(), line.hasPrefix(path) ? "config.yaml" + line.dropFirst(path.count) : line)
  }
}

/// `lanes/config.yaml` in `$XDG_CONFIG_HOME`, which is `~/.config` unless it names a directory (XDG Base Directory
/// Specification: relative paths are to be ignored).
private var preferencesPath: String? {
  if let directory = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }), directory.hasPrefix("/") {
    return directory + "/lanes/config.yaml"
  }
  return getenv("HOME").map { String(cString: $0) + "/.config/lanes/config.yaml" }
}
