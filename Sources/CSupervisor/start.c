#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

/// A process to be started; all of it is made before the fork, as the child may share
/// our memory until it is its program.
struct order {
  const char *directory;
  char **arguments;
  char **variables;
  /// The paths at which the program may be; ends with NULL.
  char **places;
  int output;
};

/// The folders that a program is looked for in without a PATH.
static const char *const default_path = "/usr/local/bin:/usr/bin:/bin";

static const char *path_in(char **variables) {
  for (; *variables; variables++)
    if (strncmp(*variables, "PATH=", 5) == 0) return *variables + 5;
  return default_path;
}

/// A name without a slash is looked for in the PATH that the process will have, not in ours.
static char **places_of(const char *program, char **variables) {
  const char *path = strchr(program, '/') ? NULL : path_in(variables);
  size_t most = 2;
  for (const char *each = path; each && *each; each++) most += *each == ':';
  char **places = calloc(most + 1, sizeof *places);
  if (!places) return NULL;
  if (!path) {
    places[0] = strdup(program);
    return places;
  }
  for (char **place = places; *path; place++) {
    size_t length = strcspn(path, ":");
    // An empty folder is the directory it is started in, as ever.
    if (asprintf(place, "%.*s/%s", length ? (int)length : 1, length ? path : ".", program) < 0) *place = NULL;
    path += length + (path[length] == ':');
  }
  return places;
}

static void free_places(char **places) {
  for (char **place = places; *place; place++) free(*place);
  free(places);
}

static int join_control_group(void) {
  int processes = openat(CONTROL_GROUP, "cgroup.procs", O_WRONLY | O_CLOEXEC);
  return processes >= 0 && write(processes, "0", 1) == 1 ? 0 : errno;
}

/// A process that cannot be limited is not started: nobody would see that it is not limited.
static int join_limits(void) {
  int first = supervisor.has_control_group ? CONTROL_GROUP + 1 : CONTROL_GROUP;
  for (int index = 0; index < supervisor.limits; index++)
    if (write(first + index, "0", 1) != 1) return errno;
  return 0;
}

/// @return the errno for which it is not a program now
static int become(const struct order *order, bool is_in_group) {
  setsid();
  if (supervisor.has_control_group && !is_in_group) {
    int error = join_control_group();
    if (error != 0) return error;
  }
  int limits_error = join_limits();
  if (limits_error != 0) return limits_error;
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0) return errno;
  int other = order->output == FUNCTION_OUTPUT ? EXTENSIONS_OUTPUT : FUNCTION_OUTPUT;
  if (dup2(order->output, other) < 0) return errno;
  if (chdir(order->directory) != 0) return errno;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int error = ENOENT;
  for (char **place = order->places; *place; place++) {
    execve(*place, order->arguments, order->variables);
    // One that may not be executed says more than those that are not there.
    if (errno != ENOENT && errno != ENOTDIR) error = errno;
    if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) break;
  }
  return error;
}

/// The arguments of clone(2) as the kernel knows them; older headers end before the last one.
struct clone_arguments {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};
static const uint64_t into_cgroup = 0x200000000;

/// A child that is born in its control group, while we wait for it as vfork does. A move there would cost
/// every process of the machine a pause, and the mover 10 ms and more. @return below 0 where the system
/// cannot (before Linux 5.7)
static pid_t fork_into_group(void) {
#ifdef SYS_clone3
  struct clone_arguments arguments = {
      .flags = CLONE_VFORK | into_cgroup, .exit_signal = SIGCHLD, .cgroup = CONTROL_GROUP};
  return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
#else
  return -1;
#endif
}

/// The word of such a child that has not run.
enum { UNBORN = -1 };

/// The word in which a child that has no share in our memory reports its errno; NULL where there is none.
static volatile int *shared_word(void) {
  static volatile int *place;
  if (place) return place;
  void *page = mmap(NULL, sizeof *place, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : (place = page);
}

/// Linux 6.18 compares how often a child's group was killed with how often ours was: where the two differ, it kills the
/// child before it runs at all. @return true where there was a child that ran; `error` is then its errno, or 0
static bool start_in_group(const struct order *order, pid_t *pid, int *error) {
  volatile int *told = shared_word();
  if (!told) return false;
  *told = UNBORN;
  *pid = fork_into_group();
  if (*pid < 0) return false;
  if (*pid == 0) {
    *told = 0;
    *told = become(order, true);
    _exit(127);
  }
  if (*told == UNBORN) {
    waitpid(*pid, NULL, 0);
    return false;
  }
  *error = *told;
  if (*error != 0) waitpid(*pid, NULL, 0);
  return true;
}

static int start(const struct order *order, pid_t *pid) {
  int error_in_group = 0;
  if (supervisor.has_control_group && start_in_group(order, pid, &error_in_group)) return error_in_group;
  volatile int error = 0;
  *pid = vfork();
  if (*pid < 0) return errno;
  if (*pid == 0) {
    error = become(order, false);
    _exit(127);
  }
  if (error != 0) waitpid(*pid, NULL, 0);
  return error;
}

int start_process(const struct lanes_command *command, const char *strings, pid_t *pid) {
  const char *end = strings + command->length - sizeof *command;
  size_t most = 0;
  for (const char *each = strings; each < end; each++) most += *each == 0;
  // Directory, arguments, NULL, variables, NULL.
  char **words = calloc(most + 4, sizeof *words);
  if (!words) return ENOMEM;
  size_t count = 0;
  for (const char *each = strings; each < end; each += strlen(each) + 1) {
    if (count == command->arguments + 1) count++;
    words[count++] = (char *)each;
  }
  int error = EINVAL;
  if (command->arguments > 0 && count > command->arguments) {
    struct order order = {
        .directory = words[0],
        .arguments = words + 1,
        .variables = words + 2 + command->arguments,
        .output = command->number == EXTENSIONS_OUTPUT ? EXTENSIONS_OUTPUT : FUNCTION_OUTPUT,
    };
    order.places = places_of(order.arguments[0], order.variables);
    error = order.places ? start(&order, pid) : ENOMEM;
    if (order.places) free_places(order.places);
  }
  free(words);
  return error;
}
