#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "SupervisorProtocol.h"

// Declarations that the files of the supervisor share. It is one process with one thread.

/// The descriptors it is started with. Those that it opens itself are closed by exec.
enum { CONTROL = 0, FUNCTION_OUTPUT = 1, EXTENSIONS_OUTPUT = 2, CONTROL_GROUP = 3 };
/// A control group, and groups that limit (cgroup v1 has one for memory and one for processor time).
enum { MOST_GROUPS_TO_JOIN = 3, HIGHEST_INHERITED = EXTENSIONS_OUTPUT + MOST_GROUPS_TO_JOIN };

/// Sent when the thread that started us has ended; its process may live on.
#define PARENT_SIGNAL SIGUSR1

/// The settings that it was started with, and facts that it found out.
struct supervisor {
  /// The process that started us.
  pid_t parent;
  /// True where CONTROL_GROUP is open, a folder: each process is there before it becomes its program.
  bool has_control_group;
  /// The number of files that are open, after CONTROL_GROUP or in its place, by which a process joins a group that
  /// limits it: each process writes itself there before it becomes its program.
  int limits;
  /// True where we are pid 1 of a namespace; only then kill(-1) means our processes and no others.
  bool is_init;
  enum lanes_containment containment;
};
extern struct supervisor supervisor;

// ladder.c
/// Becomes pid 1 of a namespace where that is possible. Where it is, this returns in a new process, and the old one waits
/// for it. @return false where no namespace is to be had
bool enter_namespace(void);
/// We are pid 1 of a namespace that was made for us, with a /proc of its own (bubblewrap).
void be_init(void);

// serve.c
/// Carries out commands until there is nobody any more who could give one.
_Noreturn void serve(void);
/// Reports to the emulator, which reads all the time; where it is gone, we soon know by other means.
void report(struct lanes_report report);

// start.c
/// Carries out LANES_START. @return 0 or an errno
int start_process(const struct lanes_command *command, const char *strings, pid_t *pid);

// processes.c
/// @return false where there are too many processes for one more
bool can_remember(void);
/// A process was started: its end is reported.
void remember(uint32_t key, pid_t pid);
/// @return 0 where it has ended
pid_t process_with(uint32_t key);
/// Kills the groups of the processes that were started.
void kill_groups(void);
/// Takes the ends of processes; at most so many, as in a storm of processes there is always another one.
/// @return their number; -1 where there is no child left, which is the proof that nothing runs any more
int reap(int most);

// walk.c
/// Stops whatever descends from us. @return 0 or ETIMEDOUT
int stop_tree(void);
/// Sends a signal to the stopped processes, children first.
void signal_stopped(int signal);
/// A process is gone: its number may soon be another's.
void forget_stopped(pid_t pid);

// tree.c
/// @return 0 or an errno
int freeze_tree(void);
void thaw_tree(void);
/// Kills whatever runs until nothing is left. @return 0 or ETIMEDOUT
int end_tree(void);


int64_t milliseconds_now(void);
