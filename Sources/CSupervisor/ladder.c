#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

static bool write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = (ssize_t)strlen(text);
  bool is_written = write(file, text, (size_t)length) == length;
  close(file);
  return is_written;
}

/// Gives the one user and the one group there are their own numbers.
static bool map_identity(uid_t user, gid_t group) {
  char text[64];
  // Without this a group cannot be mapped (user_namespaces(7)).
  write_file("/proc/self/setgroups", "deny");
  snprintf(text, sizeof text, "%u %u 1", user, user);
  bool is_mapped = write_file("/proc/self/uid_map", text);
  snprintf(text, sizeof text, "%u %u 1", group, group);
  return write_file("/proc/self/gid_map", text) && is_mapped;
}

/// A /proc that shows our own processes: in the old one, the number that a process knows of itself is another's.
static bool mount_proc(void) {
  // Where mounts would spread, everybody else would see it.
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return false;
  return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

/// The process outside: it lives as long as pid 1 inside does, and that one dies with it.
static _Noreturn void wait_outside(pid_t init) {
  for (int descriptor = CONTROL; descriptor <= HIGHEST_INHERITED; descriptor++) close(descriptor);
  prctl(PR_SET_PDEATHSIG, PARENT_SIGNAL);
  sigset_t all;
  sigfillset(&all);
  while (getppid() == supervisor.parent) {
    if (waitpid(init, NULL, WNOHANG) == init) _exit(0);
    sigwaitinfo(&all, NULL);
  }
  _exit(0);
}

static pid_t clone_into(int namespaces) {
  return (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
}

void be_init(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setsid();
  supervisor.is_init = true;
  supervisor.containment = LANES_NAMESPACE;
}

bool enter_namespace(void) {
  uid_t user = geteuid();
  gid_t group = getegid();
  bool has_users = false;
  pid_t init = -1;
  // Root needs no namespace of users, in which files of others would belong to nobody.
  if (user == 0) init = clone_into(CLONE_NEWPID | CLONE_NEWNS);
  if (init < 0) {
    has_users = true;
    init = clone_into(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS);
  }
  if (init < 0) return false;
  if (init > 0) wait_outside(init);

  // Where AppArmor has its say, the namespace is granted and the work in it is not: each step may fail.
  bool is_mapped = !has_users || map_identity(user, group);
  bool has_proc = mount_proc();
  // We are started by a process of one thread, so a signal at its end means that it has ended.
  be_init();
  if (!is_mapped) supervisor.containment = LANES_NAMESPACE_WITHOUT_MAP;
  if (!has_proc) supervisor.containment = LANES_NAMESPACE_WITHOUT_PROC;
  return true;
}
