#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CSupervisor.h"
#include "supervisor.h"

// The emulator's own part. Its end of everything is closed by exec: another process that had it would hide our end from
// the supervisor.

extern char **environ;

struct pair {
  int ours;
  int theirs;
};

static void close_pair(struct pair pair) {
  if (pair.ours >= 0) close(pair.ours);
  if (pair.theirs >= 0) close(pair.theirs);
}

/// Above the numbers that the supervisor has them at, so that none is overwritten before it is in its place.
static void move_up(int *descriptor) {
  if (*descriptor < 0 || *descriptor > HIGHEST_INHERITED) return;
  int higher = fcntl(*descriptor, F_DUPFD_CLOEXEC, HIGHEST_INHERITED + 1);
  close(*descriptor);
  *descriptor = higher;
}

static int prepare(struct pair *pair) {
  move_up(&pair->ours);
  move_up(&pair->theirs);
  if (pair->ours < 0 || pair->theirs < 0) return errno;
  return fcntl(pair->ours, F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
}

static int make_socket(struct pair *pair) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
  *pair = (struct pair){ends[0], ends[1]};
  return prepare(pair);
}

static int make_pipe(struct pair *pair) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  *pair = (struct pair){ends[0], ends[1]};
  return prepare(pair);
}

static int spawn(char *const *words, const int *descriptors, int count, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int index = 0; index < count; index++)
    posix_spawn_file_actions_adddup2(&actions, descriptors[index], index);
#if __GLIBC_PREREQ(2, 34)
  // It closes them itself, but until it has been loaded it would keep our ports open.
  posix_spawn_file_actions_addclosefrom_np(&actions, count);
#endif
  // Signals of a terminal to its group, as by ctrl-C, are for the emulator: a supervisor leaves the group itself,
  // but bubblewrap, which may stand before it, does not.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  int error = posix_spawn(pid, words[0], &actions, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int lanes_launch(char *const *words, const int *groups, int group_count, struct lanes_launched *launched) {
  struct pair control = {-1, -1}, function = {-1, -1}, extensions = {-1, -1};
  int descriptors[HIGHEST_INHERITED + 1];
  int count = CONTROL_GROUP;
  int error = group_count > MOST_GROUPS_TO_JOIN ? EINVAL : 0;
  for (int index = 0; error == 0 && index < group_count; index++) {
    int group = fcntl(groups[index], F_DUPFD_CLOEXEC, HIGHEST_INHERITED + 1);
    if (group < 0)
      error = errno;
    else
      descriptors[count++] = group;
  }
  if (error == 0) error = make_socket(&control);
  if (error == 0) error = make_pipe(&function);
  if (error == 0) error = make_pipe(&extensions);
  if (error == 0) {
    descriptors[CONTROL] = control.theirs;
    descriptors[FUNCTION_OUTPUT] = function.theirs;
    descriptors[EXTENSIONS_OUTPUT] = extensions.theirs;
    error = spawn(words, descriptors, count, &launched->pid);
  }
  for (int index = CONTROL_GROUP; index < count; index++) close(descriptors[index]);
  if (error != 0) {
    close_pair(control);
    close_pair(function);
    close_pair(extensions);
    return error;
  }
  close(control.theirs);
  close(function.theirs);
  close(extensions.theirs);
  launched->control = control.ours;
  launched->function_output = function.ours;
  launched->extensions_output = extensions.ours;
  return 0;
}

int lanes_bytes_waiting(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

void lanes_adopt_orphans(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int lanes_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, HIGHEST_INHERITED + 1); }
