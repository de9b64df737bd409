#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CSupervisor.h"

static int open_in(const char *folder, const char *name, int flags) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return open(path, flags | O_CLOEXEC);
}

static bool write_in(const char *folder, const char *name, const char *text) {
  int file = open_in(folder, name, O_WRONLY);
  if (file < 0) return false;
  bool is_written = write(file, text, strlen(text)) == (ssize_t)strlen(text);
  close(file);
  return is_written;
}

/// Waits until the kernel reports it frozen, which is soon where it ever does.
static bool waits_frozen(const char *folder) {
  char text[256];
  for (int tries = 0; tries < 100; tries++) {
    int file = open_in(folder, "cgroup.events", O_RDONLY);
    if (file < 0) return false;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    text[count > 0 ? count : 0] = 0;
    // An empty group counts as frozen.
    if (strstr(text, "populated 1") && strstr(text, "frozen 1")) return true;
    poll(NULL, 0, 1);
  }
  return false;
}

bool lanes_can_freeze(const char *folder) {
  int processes = open_in(folder, "cgroup.procs", O_WRONLY);
  if (processes < 0) return false;
  pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (write(processes, "0", 1) != 1) _exit(1);
    for (;;) pause();
  }
  close(processes);
  if (pid < 0) return false;
  bool can = write_in(folder, "cgroup.freeze", "1");
  can = can && waits_frozen(folder);
  int status = 0;
  bool has_ended = waitpid(pid, &status, WNOHANG) == pid;
  if (!has_ended) {
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
  }
  write_in(folder, "cgroup.freeze", "0");
  return can && !has_ended;
}
