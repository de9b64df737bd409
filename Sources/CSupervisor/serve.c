#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "supervisor.h"

/// Ends taken at once, so that a storm of processes cannot keep us from commands.
enum { ENDS_AT_ONCE = 256 };

void report(struct lanes_report report) {
  const char *bytes = (const char *)&report;
  for (size_t sent = 0; sent < sizeof report;) {
    ssize_t count = send(CONTROL, bytes + sent, sizeof report - sent, MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) sent += (size_t)count;
  }
}

static _Noreturn void leave(void) {
  end_tree();
  _exit(0);
}

static void done(uint32_t kind, int error) {
  report((struct lanes_report){.kind = LANES_DONE, .key = kind, .value = error});
}

static void start(const struct lanes_command *command, const char *strings) {
  pid_t pid = 0;
  int error = can_remember() ? start_process(command, strings, &pid) : EAGAIN;
  if (error == 0) remember(command->key, pid);
  report((struct lanes_report){
      .kind = error == 0 ? LANES_STARTED : LANES_NOT_STARTED,
      .key = command->key,
      .value = error == 0 ? pid : error,
  });
}

/// Processes that have ended and were not waited for keep their numbers: a signal
/// never reaches another process.
static int send_signal(const struct lanes_command *command) {
  pid_t pid = process_with(command->key);
  if (pid == 0) return ESRCH;
  if (command->kind == LANES_SIGNAL) return kill(pid, command->number) == 0 ? 0 : errno;
  kill(-pid, SIGKILL);
  return kill(pid, SIGKILL) == 0 ? 0 : errno;
}

static void obey(const struct lanes_command *command, const char *strings) {
  switch (command->kind) {
  case LANES_START: start(command, strings); break;
  case LANES_FREEZE: done(command->kind, freeze_tree()); break;
  case LANES_THAW:
    thaw_tree();
    done(command->kind, 0);
    break;
  case LANES_SIGNAL:
  case LANES_KILL: done(command->kind, send_signal(command)); break;
  case LANES_SWEEP: done(command->kind, end_tree()); break;
  default: leave();
  }
}

/// Reads the bytes that have come and carries out the commands that are complete.
static void read_commands(void) {
  // One byte more, so that the last string has an end whichever bytes were sent.
  static _Alignas(8) char bytes[LANES_LONGEST_COMMAND + 1];
  static size_t count;
  ssize_t more = recv(CONTROL, bytes + count, LANES_LONGEST_COMMAND - count, MSG_DONTWAIT);
  if (more < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (more <= 0) leave();
  count += (size_t)more;

  size_t start = 0;
  struct lanes_command command;
  while (count - start >= sizeof command) {
    memcpy(&command, bytes + start, sizeof command);
    if (command.length < sizeof command || command.length > LANES_LONGEST_COMMAND) leave();
    if (count - start < command.length) break;
    char *end = bytes + start + command.length;
    char next = *end;
    *end = 0;
    obey(&command, bytes + start + sizeof command);
    *end = next;
    start += command.length;
  }
  memmove(bytes, bytes + start, count - start);
  count -= start;
}

_Noreturn void serve(void) {
  sigset_t all;
  sigfillset(&all);
  int signals = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
  report((struct lanes_report){.kind = LANES_HELLO, .value = (int32_t)supervisor.containment});
  struct pollfd ready[] = {{signals, POLLIN, 0}, {CONTROL, POLLIN, 0}};
  for (bool is_behind = false;;) {
    poll(ready, 2, is_behind ? 0 : -1);
    struct signalfd_siginfo news;
    while (read(signals, &news, sizeof news) == sizeof news) continue;
    // The signal may mean only that a thread has ended. For pid 1 the kernel takes care of it.
    if (!supervisor.is_init && getppid() != supervisor.parent) leave();
    if (ready[1].revents) read_commands();
    is_behind = reap(ENDS_AT_ONCE) == ENDS_AT_ONCE;
  }
}
