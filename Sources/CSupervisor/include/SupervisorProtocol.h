#pragma once

#include <stdint.h>

// The messages between an emulator and the supervisor of one environment, over a stream socket. Both are the same
// program on the same machine, so structures go over it as they are in memory.

/// A command to a supervisor.
enum lanes_command_kind {
  /// Start a process. After the command come its directory, its arguments and its variables, each with a NUL at its end.
  LANES_START = 1,
  /// Stop whatever runs, with signals.
  LANES_FREEZE,
  LANES_THAW,
  /// Send a signal to the process itself.
  LANES_SIGNAL,
  /// Kill the process and its group.
  LANES_KILL,
  /// Kill whatever runs; the environment lives on.
  LANES_SWEEP,
  /// Kill whatever runs, and end.
  LANES_QUIT,
};

struct lanes_command {
  /// The length of the whole command in bytes, with the strings that come after it.
  uint32_t length;
  uint32_t kind;
  /// The process that it is for.
  uint32_t key;
  /// LANES_SIGNAL: the signal. LANES_START: 1 where its output is the function's, 2 where it is the extensions'.
  int32_t number;
  /// LANES_START: the number of strings that are arguments.
  uint32_t arguments;
};

/// A longer command ends the supervisor: the writer of commands has to refuse it. The system's own limit depends on the
/// stack's, and is a quarter of it, 2 MiB, as a rule (execve(2)).
#define LANES_LONGEST_COMMAND (1u << 20)

/// A report of a supervisor.
enum lanes_report_kind {
  /// It is ready; `value` is a `lanes_containment`.
  LANES_HELLO = 1,
  /// `value` is its pid as the supervisor sees it, which is another outside of a namespace.
  LANES_STARTED,
  /// `value` is an errno.
  LANES_NOT_STARTED,
  /// `value` is its status as wait(2) has it.
  LANES_ENDED,
  /// A command other than LANES_START has been carried out: `key` is its kind, `value` 0 or an errno.
  LANES_DONE,
};

struct lanes_report {
  uint32_t kind;
  uint32_t key;
  int32_t value;
  int32_t unused;
  /// LANES_ENDED: its largest resident set, or the largest of those it waited for.
  int64_t peak_memory_kb;
  /// LANES_ENDED: user and system time, with those it waited for.
  int64_t cpu_microseconds;
};

/// The way in which processes are kept together.
enum lanes_containment {
  /// The supervisor is pid 1 of a namespace of its own: whatever was started in it ends with it.
  LANES_NAMESPACE = 1,
  /// The same, but users have no names in it.
  LANES_NAMESPACE_WITHOUT_MAP,
  /// The same, but /proc shows the processes outside.
  LANES_NAMESPACE_WITHOUT_PROC,
  /// Orphans become the supervisor's children, and a walk over the tree finds whatever runs.
  LANES_SUBREAPER,
};
