internal import Glibc

/// Stops this process's job with SIGTSTP, all of its group, as the terminal would for Ctrl-Z. Returns when the
/// job is continued, and at once where no shell could continue it (an orphaned process group ignores the signal).
func stopJob() {
  var stop = sigset_t()
  sigemptyset(&stop)
  sigaddset(&stop, SIGTSTP)
  // ncurses' own handler would give the terminal back a second time.
  let handler = signal(SIGTSTP, SIG_DFL)
  var before = sigset_t()
  pthread_sigmask(SIG_UNBLOCK, &stop, &before)
  kill(0, SIGTSTP)
  pthread_sigmask(SIG_SETMASK, &before, nil)
  signal(SIGTSTP, handler)
}
