#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

#include "supervisor.h"

// Stopping, continuing and killing whatever runs. As pid 1 of a namespace one call reaches all of it, those included that
// are being forked; without one a walk has to find it.

/// A process that hangs in a driver or on a network's disk cannot be killed.
enum { LONGEST_END_MS = 5000 };

int freeze_tree(void) {
  if (!supervisor.is_init) return stop_tree();
  // ESRCH: there is none.
  return kill(-1, SIGSTOP) == 0 || errno == ESRCH ? 0 : errno;
}

void thaw_tree(void) {
  if (supervisor.is_init)
    kill(-1, SIGCONT);
  else
    signal_stopped(SIGCONT);
}

static void kill_tree(void) {
  if (supervisor.is_init) {
    kill(-1, SIGKILL);
    return;
  }
  // A stopped process cannot fork while we kill.
  stop_tree();
  signal_stopped(SIGKILL);
  // Where the kernel lists no children (CONFIG_PROC_CHILDREN), these are all we know.
  kill_groups();
}

int end_tree(void) {
  int64_t end = milliseconds_now() + LONGEST_END_MS;
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  do {
    kill_tree();
    int taken;
    while ((taken = reap(1)) > 0) continue;
    if (taken < 0) return 0;
    sigtimedwait(&child, NULL, &(struct timespec){.tv_nsec = 1000000});
    if (reap(1) < 0) return 0;
  } while (milliseconds_now() < end);
  return ETIMEDOUT;
}

int64_t milliseconds_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}
