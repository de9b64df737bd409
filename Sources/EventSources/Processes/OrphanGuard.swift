internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Ends a child and the processes it started when we are gone, however that came about: SIGKILL too closes
/// our end of a pipe.
///
/// At its other end waits a shell in a group of its own. The effect of a parent's death on children differs
/// from system to system, and on Linux from thread to thread (prctl(2), PR_SET_PDEATHSIG); a pipe does not.
final class OrphanGuard: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Begins to wait.
  init() throws(SourceError) {
    (readEnd, writeEnd) = try makePipe()
    // Kept here too: a shell that is gone must not end us by SIGPIPE.
    let input = readEnd
    Task.detached {
      var options = PlatformOptions()
      options.processGroupID = 0
      // Without a shell nothing is guarded; nobody has to know.
      _ = try? await run(
        .path("/bin/sh"), arguments: ["-c", Self.script, "lanes-guard"], platformOptions: options,
        input: .fileDescriptor(.init(rawValue: input), closeAfterSpawningProcess: false),
        output: .discarded, error: .discarded)
    }
  }

  deinit {
    close(writeEnd)
    close(readEnd)
  }

  /// This group is to end with us.
  func watch(_ group: pid_t) { tell("\(group)") }

  /// The group has ended: its number may soon be another's.
  func release() { tell("over") }

  private func tell(_ word: String) {
    let line = Array((word + "\n").utf8)
    _ = write(writeEnd, line, line.count)
  }

  /// It first reads the group, then the word that all is over, or the end of the pipe: then we are gone, and
  /// it does as `ChildProcess.endGroup` does. Where there is a /proc it knows those too who left the group.
  private static let script = """
    trap '' HUP INT QUIT TERM
    read -r group || exit 0
    read -r over && exit 0
    family=" $group "
    grown=yes
    while [ "$grown" ]; do
      grown=
      for stat in /proc/[0-9]*/stat; do
        read -r line < "$stat" || continue
        pid=${line%% *}
        set -- ${line##*) }
        case $family in *" $pid "*) continue ;; esac
        case $family in *" $2 "*) ;; *) [ "$3" = "$group" ] || continue ;; esac
        family="$family$pid "
        grown=yes
      done
    done
    is_alive() {
      kill -s 0 -- "-$group" && return 0
      for pid in $family; do kill -s 0 "$pid" && return 0; done
      return 1
    }
    kill -s TERM -- "-$group"
    kill -s CONT -- "-$group"
    tries=0
    while [ $tries -lt 25 ] && is_alive; do
      sleep 0.1
      tries=$((tries + 1))
    done
    kill -s KILL -- "-$group"
    for pid in $family; do kill -s KILL "$pid"; done
    """
}
