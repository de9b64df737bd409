#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "supervisor.h"

// Finds whatever descends from us, daemons included, and stops it, while it forks and ends.
//
// The obvious walk, to stop each process and then read its children, misses some. A fork that is under way when a
// signal comes is completed after it: only a signal to more than one process, such as to a group, reaches the child as
// well (kernel/fork.c, copy_process). And a dying process hands its children up, perhaps to where we have already
// looked. So each new process is stopped together with its group, each pass looks at parents after their children and
// at ourselves last, and it takes a pass that finds nobody new to end.

/// A storm of forks that has all processors may outrun us.
enum { LONGEST_WALK_MS = 300 };
/// The most that Linux numbers (proc(5), pid_max).
enum { HIGHEST_PID = 1 << 22, MOST_STOPPED = 1 << 16, MOST_GROUPS = 256 };

static pid_t stopped[MOST_STOPPED];
static int stopped_count;
static uint8_t is_stopped[HIGHEST_PID / 8];
/// Groups that have had their signal in this pass.
static pid_t groups[MOST_GROUPS];
static int group_count;

static bool add(pid_t pid) {
  if (pid <= 0 || pid >= HIGHEST_PID || stopped_count == MOST_STOPPED) return false;
  uint8_t bit = (uint8_t)(1 << (pid & 7));
  if (is_stopped[pid >> 3] & bit) return false;
  is_stopped[pid >> 3] |= bit;
  stopped[stopped_count++] = pid;
  return true;
}

void forget_stopped(pid_t pid) {
  if (pid >= HIGHEST_PID || !(is_stopped[pid >> 3] & 1 << (pid & 7))) return;
  is_stopped[pid >> 3] &= (uint8_t) ~(1 << (pid & 7));
  for (int index = 0; index < stopped_count; index++) {
    if (stopped[index] != pid) continue;
    stopped_count -= 1;
    // The order keeps parents before children.
    memmove(stopped + index, stopped + index + 1, (size_t)(stopped_count - index) * sizeof *stopped);
    return;
  }
}

void signal_stopped(int signal) {
  for (int index = stopped_count; index-- > 0;) kill(stopped[index], signal);
}

static bool is_new_group(pid_t group) {
  for (int index = 0; index < group_count; index++)
    if (groups[index] == group) return false;
  if (group_count == MOST_GROUPS) group_count = 0;
  groups[group_count++] = group;
  return true;
}

static void stop(pid_t pid) {
  pid_t group = getpgid(pid);
  // It may be changing its group just now.
  for (int tries = 0; tries < 4; tries++) {
    if (group > 1 && group != getpgrp() && is_new_group(group)) kill(-group, SIGSTOP);
    kill(pid, SIGSTOP);
    pid_t group_now = getpgid(pid);
    if (group_now == group || group_now < 0) return;
    group = group_now;
  }
}

static int meet(pid_t pid) {
  if (!add(pid)) return 0;
  stop(pid);
  return 1;
}

/// Stops the children of a thread that are new to us. @return their number
static int stop_children_of_thread(pid_t process, pid_t thread) {
  char path[64], text[16384];
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", process, thread);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  int met = 0;
  pid_t pid = 0;
  ssize_t count;
  while ((count = read(file, text, sizeof text)) > 0)
    for (ssize_t index = 0; index < count; index++) {
      if (text[index] >= '0' && text[index] <= '9') {
        pid = pid * 10 + (text[index] - '0');
      } else if (pid > 0) {
        met += meet(pid);
        pid = 0;
      }
    }
  close(file);
  return met;
}

static int stop_children(pid_t process) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", process);
  struct stat status;
  if (stat(path, &status) != 0) return 0;
  // A folder has a link for each folder in it, and two of its own: one thread is the rule, and spares us a listing.
  if (status.st_nlink == 3) return stop_children_of_thread(process, process);
  DIR *threads = opendir(path);
  if (!threads) return 0;
  int met = 0;
  for (struct dirent *entry; (entry = readdir(threads));)
    if (entry->d_name[0] != '.') met += stop_children_of_thread(process, atoi(entry->d_name));
  closedir(threads);
  return met;
}

int stop_tree(void) {
  for (int index = 0; index < stopped_count; index++) is_stopped[stopped[index] >> 3] = 0;
  stopped_count = 0;
  int64_t end = milliseconds_now() + LONGEST_WALK_MS;
  int met;
  do {
    // Children of the dead have come to us by then.
    reap(MOST_GROUPS);
    group_count = 0;
    met = 0;
    int known = stopped_count;
    for (int index = known; index-- > 0;) met += stop_children(stopped[index]);
    met += stop_children(getpid());
    for (int index = known; index < stopped_count; index++) met += stop_children(stopped[index]);
    if (met > 0 && milliseconds_now() >= end) return ETIMEDOUT;
  } while (met > 0);
  return 0;
}
