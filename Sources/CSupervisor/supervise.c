#define _GNU_SOURCE
#include "CSupervisor.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "supervisor.h"

struct supervisor supervisor;

/// The text behind `name=` in a word, or NULL.
static const char *value_of(const char *word, const char *name) {
  size_t length = strlen(name);
  return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

/// Inherited descriptors and ignored signals must not reach the processes that are started.
static void leave_inheritance_behind(void) {
  unsigned first = CONTROL_GROUP + (unsigned)supervisor.has_control_group + (unsigned)supervisor.limits;
  if (syscall(SYS_close_range, first, ~0U, 0) != 0)
    for (int descriptor = (int)first; descriptor < 65536; descriptor++) close(descriptor);
  for (int descriptor = CONTROL_GROUP; descriptor < (int)first; descriptor++)
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);

  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  // Children that stop are no news.
  struct sigaction quiet = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP};
  sigaction(SIGCHLD, &quiet, NULL);
  // All signals wait until they are asked for, in `serve`.
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  setsid();
}

/// Everything that descends from us has this limit, which limits nothing since Linux 2.4.25 (getrlimit(2)). By it an
/// emulator whose supervisor was killed finds the processes that are left.
static void mark_descendants(const char *number) {
  rlim_t mark = strtoull(number, NULL, 10);
  setrlimit(RLIMIT_LOCKS, &(struct rlimit){mark, mark});
}

_Noreturn void lanes_supervise(int argc, char **argv) {
  bool may_use_namespace = true;
  for (int index = 2; index < argc; index++) {
    const char *value;
    if ((value = value_of(argv[index], "parent"))) supervisor.parent = atoi(value);
    if ((value = value_of(argv[index], "mark"))) mark_descendants(value);
    if ((value = value_of(argv[index], "limits"))) supervisor.limits = atoi(value);
    if (strcmp(argv[index], "control-group") == 0) supervisor.has_control_group = true;
    if (strcmp(argv[index], "subreaper") == 0) may_use_namespace = false;
  }
  leave_inheritance_behind();
  // Another name than the emulator's: a user who kills that by its name wants us to end our processes.
  prctl(PR_SET_NAME, "env-supervisor");
  // A process that became another user's (sudo) could be neither frozen nor killed.
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

  // Only a maker of a namespace for it starts an emulator's supervisor as the first process.
  if (getpid() == 1) {
    be_init();
  } else if (!may_use_namespace || !enter_namespace()) {
    supervisor.containment = LANES_SUBREAPER;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, PARENT_SIGNAL);
    // It may have gone before we asked for the signal.
    if (getppid() != supervisor.parent) _exit(0);
  }
  serve();
}
