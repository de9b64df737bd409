#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "SupervisorProtocol.h"

/// Runs the supervisor of one execution environment, as `lanes __supervise`; it never returns.
_Noreturn void lanes_supervise(int argc, char **argv);

/// A supervisor that was started, and our ends of its socket and pipes; none of them blocks.
struct lanes_launched {
  pid_t pid;
  int control;
  int function_output;
  int extensions_output;
};

/// Starts a supervisor.
/// @param words its program, a path, and its arguments; ends with NULL
/// @param groups the open folder of a control group, if there is one, then files by which groups that limit are joined
/// @return 0, or the errno for which it could not be started
int lanes_launch(char *const *words, const int *groups, int group_count, struct lanes_launched *launched);

/// The number of bytes that wait to be read from a pipe.
int lanes_bytes_waiting(int descriptor);

/// Makes a pipe whose ends do not block and are closed by exec. @return 0, or -1 where the system gives none
int lanes_make_pipe(int ends[2]);

/// Orphans of our own descendants become our children from now on, so that a dead supervisor's can be ended.
void lanes_adopt_orphans(void);

/// Tries to move a process to an empty control group and to freeze it there. @return true where that works
bool lanes_can_freeze(const char *folder);

/// Another number for a descriptor, closed by exec.
int lanes_duplicate(int descriptor);
