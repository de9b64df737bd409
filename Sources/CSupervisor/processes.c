#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "supervisor.h"

/// A runtime and ten extensions are the most that Lambda has at a time; those of the last generation may still end.
static struct {
  uint32_t key;
  pid_t pid;
} asked_for[256];
static size_t count;

bool can_remember(void) { return count < sizeof asked_for / sizeof *asked_for; }

void remember(uint32_t key, pid_t pid) {
  asked_for[count].key = key;
  asked_for[count].pid = pid;
  count += 1;
}

pid_t process_with(uint32_t key) {
  for (size_t index = 0; index < count; index++)
    if (asked_for[index].key == key) return asked_for[index].pid;
  return 0;
}

void kill_groups(void) {
  for (size_t index = 0; index < count; index++) {
    kill(-asked_for[index].pid, SIGKILL);
    kill(asked_for[index].pid, SIGKILL);
  }
}

static int64_t microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

/// Orphans end unreported: in a storm of them no other report would come through.
static void tell_end(pid_t pid, int status, const struct rusage *usage) {
  for (size_t index = 0; index < count; index++) {
    if (asked_for[index].pid != pid) continue;
    uint32_t key = asked_for[index].key;
    count -= 1;
    asked_for[index] = asked_for[count];
    report((struct lanes_report){
        .kind = LANES_ENDED,
        .key = key,
        .value = status,
        .peak_memory_kb = usage->ru_maxrss,
        .cpu_microseconds = microseconds(usage->ru_utime) + microseconds(usage->ru_stime),
    });
    return;
  }
}

int reap(int most) {
  for (int taken = 0; taken < most; taken++) {
    int status;
    struct rusage usage;
    pid_t pid = wait4(-1, &status, WNOHANG, &usage);
    if (pid < 0 && errno == ECHILD) return -1;
    if (pid <= 0) return taken;
    forget_stopped(pid);
    tell_end(pid, status, &usage);
  }
  return most;
}
